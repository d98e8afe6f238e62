"""What is no article: the patterns of data/furniture.tsv, and the sentences of a line that are notices."""

import re
from functools import lru_cache

from chipnotes.files import read_data
from chipnotes.pages.sentence import split_sentences

_UNLESS_RUNNING = ("nav", "tail", "button", "label")  # in this order


@lru_cache(maxsize=1)
def furniture():
    """The patterns of data/furniture.tsv, one compiled expression a kind; `line` for those that no running
    text is.

    A notice is searched for: it is found quickly if each of its alternatives begins with a character of its
    own.
    """
    kinds = {kind: [] for kind in (*_UNLESS_RUNNING, "meta", "drop", "notice")}
    for row in read_data("furniture.tsv").itertuples():
        kinds[row.kind].append(row.pattern)
    joined = {kind: "|".join(patterns) or "(?!)" for kind, patterns in kinds.items()}
    joined["line"] = "|".join(f"(?P<{kind}>{joined.pop(kind)})" for kind in _UNLESS_RUNNING)
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in joined.items()}


# A number with its unit: what tells something new, as no notice does.
AMOUNT = re.compile(r"\d\s*[余多]?(?:[百千万亿]*[元件家个项人名条台套款吨亩倍块片次种位所]|[百千万亿]|%)")

# How a notice begins. Not 本次调查仅代表…, 该意见仅代表…, 被告未经授权…: those tell of somebody.
_NOTICE_HEAD = re.compile(
    r"[\W_]*(?:(?:免责|版权|特别|郑重|重要|本[站网])?(?:声明|提示|说明|注)\s*[:,]?\W*)?"
    r"(?:(?:以上|上述|所有|部分|相关|任何)(?:内容|文章|信息|图文|图片|观点|资讯|稿件|单位|媒体|机构|个人)"
    r"|本(?:文|[站网报刊号]|平台|公众号|账号|栏目|内容|作品|页|资讯|稿)|[此该]文|文[章中]|图[文片]|内容|原?作者|观点|网友|评论"
    r"|.{0,4}内容(?:为|由|系|均|仅|来|是)|仅代表|不代表|不得|未经|严禁|禁止|如|若|凡|转载|版权|侵|违法|网上有害|举报|投稿|投诉|其(?:原创|真实)|来源|稿件|著作权)"
)


def notices(line):
    """The spans of a line that are notices (disclaimers, legal notices), cut at the ends of sentences.

    Must not fire on a sentence that holds the words of a notice but tells something: it has an amount, or
    its subject is another than the page and its contents.

    >>> notices("产值达20亿元。本文仅代表作者观点。"), notices("专家意见仅代表其个人观点。")
    ([(8, 18)], [])
    """
    notice = furniture()["notice"]
    if not notice.search(line):
        return []
    found, since = [], 0
    for start, end in split_sentences(line):
        sentence = line[start:end]
        if _NOTICE_HEAD.match(sentence) and notice.search(sentence) and not AMOUNT.search(sentence):
            found.append((since, end))  # with the spaces before it
        since = end
    return found
