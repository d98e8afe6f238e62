"""The data files of notebooks 07 and 08: quotations stand on the page, and every number of seed 002 is accounted for where the account says."""

import notebooks as nb

import chipnotes as cn
from chipnotes.paths import NOTEBOOKS, read_data
from chipnotes.quantities import quantities


def test_every_measure_of_the_talent_pipeline_stands_on_the_page(corpus):
    pipeline = read_data("shanghai_pipeline.tsv")
    assert set(pipeline.level) <= {"vocational", "undergraduate", "postgraduate", "level not told", "people at work"}
    assert set(pipeline.stage) <= {"draft", "applied for", "approved", "in being"} and set(pipeline.chips) <= {"yes", "general", "no"}
    assert not pipeline.duplicated(["who", "measure"]).any() and pipeline.note.all()
    for row in pipeline.itertuples():
        cn.span(corpus, row.seed, row.quotation)


def test_the_account_of_numbers_is_whole(corpus):
    account = read_data("shanghai_numbers.tsv")
    assert sorted(account.fact_id) == sorted(set(quantities(corpus["002"]).fact_id))
    assert account.use.all() and set(account.notebook) <= {"03", "07", "08"}


def test_a_number_that_the_account_gives_to_07_or_08_is_taken_there_by_its_id():
    for number, group in read_data("shanghai_numbers.tsv").query("notebook != '03'").groupby("notebook"):
        (path,) = NOTEBOOKS.glob(f"{number}_*.ipynb")
        code = "\n".join(nb.source(cell) for cell in nb.code_cells(nb.load(path)))
        lacking = [fact for fact in group.fact_id if f'"{fact}"' not in code]
        assert not lacking, f"{path.name} does not take {lacking} from the table"
