"""Outside facts against their addresses: who says it, and on which day, is what the address tells."""

import re
from urllib.parse import urlparse

import pytest

from chipnotes.files import SEEDS, read_tsv

FACTS = list(read_tsv(SEEDS / "ledgers" / "external_facts.tsv").itertuples(index=False))
EACH = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
# Whose site an address is, written down apart from the table.
HOUSES = {
    "semipr.com": "semipr.com",
    "21jingji.com": "21世纪经济报道",
    "hrnewspaper.com": "人力资源报",
    "lnd.com.cn": "辽宁日报",
    "askci.com": "AskCI",
    "eepw.com.cn": "EEPW",
    "eol.cn": "EOL",
    "sina.com.cn": "新浪财经",
    "wjyanghu.com": "阳湖网",
    "cqcb.com": "上游新闻",
    "cri.cn": "国际在线",
    "metalbulletin.com": "Metal Bulletin",
    "people.com.cn": "人民网",
    "xiyongpark.com": "Xiyong park",
    "scol.com.cn": "川观新闻",
    "etnet.com.hk": "etnet",
    "ceweekly.cn": "中国经济周刊",
    "cqnews.net": "华龙网",
    "cdeiie.org.cn": "成都电子信息产业生态圈联盟",
    "sheitc.sh.gov.cn": "上海市经济和信息化委员会",
    "bis.gov": "Bureau of Industry and Security",
    "zqcn.com.cn": "中国企业报",
    "caixin.com": "财新",
    "cbt.com.cn": "中华工商时报",
    "english.www.gov.cn": "State Council",
}
# How a publisher is told where the address is not the house's own.
BORROWED = re.compile(
    r"unknown|aggregator|, by |site of|local media|listing|does not name|a legal|^reprint|四川日报|^重庆日报"
)


def house(fact):
    host = urlparse(fact.address).hostname
    return next((name for domain, name in HOUSES.items() if f".{host}".endswith(f".{domain}")), None)


@EACH
def test_who_says_it_is_who_the_address_is_of(fact):
    if house(fact):
        assert house(fact) in fact.publisher and "unknown" not in fact.publisher
    else:
        assert BORROWED.search(fact.publisher)


@EACH
def test_a_page_of_ones_own_is_on_ones_own_site(fact):
    if fact.copy == "own page":
        assert house(fact) or re.search("^site of|^local media", fact.publisher)
    if house(fact):
        assert fact.copy not in ("mirror", "unknown")


# The article is of 2021 and tells of the day on which the call was made.
TELLS_OF_ANOTHER_DAY = {"x48"}


@EACH
def test_the_day_is_that_of_the_address(fact):
    days = re.findall(r"(20[12]\d)[-/_]?([01]\d)[-/_]?([0-3]\d)", fact.address)
    if days and fact.id not in TELLS_OF_ANOTHER_DAY:
        assert fact.source_date in {"-".join(day) for day in days}


@EACH
def test_no_day_that_is_told_lies_after_the_day_of_the_source(fact):
    """But the end of a span of days that it announces."""
    days = re.findall(r"20\d\d-\d\d-\d\d", re.sub(r" to 20\d\d-\d\d-\d\d", "", fact.statement))
    assert not days or max(days) <= fact.source_date


@EACH
def test_a_finding_rests_on_no_lone_copy(fact):
    """A mirror or unknown copy carries one only if another row, at another address, says the same."""
    if fact.copy in ("mirror", "unknown") and fact.carries == "yes":
        others = re.findall(r"x\d\d", fact.supported_by)
        hosts = {urlparse(other.address).hostname for other in FACTS if other.id in others}
        assert hosts - {urlparse(fact.address).hostname}
