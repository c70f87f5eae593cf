"""Steps 5 to 7 of the walk, page by page: buying, using for nothing, settling, and what anybody can do."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import pypdf

from kernel import audit
from kernel.fields import File
from tests.browser.supply import (
    AGENCY,
    DECIDER,
    DEVELOPER,
    ENTRY,
    OPERATOR,
    PRODUCT,
    REVIEWER,
)
from tests.browser.visitor import Visitor
from tests.journeys.story import INDEX, PAPER, RAIN

BUYER, CHARITY = "Buyer, industry use", "Buyer, public interest"
KEEPER = "Developer: keeps the accounts"
USE = "农业保险理赔触发与防汛提示。"


def words_in(pdf: bytes) -> str:
    """The text of a PDF without spaces."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@dataclass(frozen=True)
class Sale:
    """Who buys, sells and keeps the accounts, how each gets in, when, and which source the data name."""

    buyer: str = BUYER
    seller: str = DEVELOPER
    keeper: str = KEEPER
    enter: Callable[[Visitor, str], None] = Visitor.become
    ordered: str = "2026-05-18"
    confirmed: str = "2026-05-20"
    source: str = "衡州市气象局"


def industry_buys(v: Visitor, password: str, sale: Sale = Sale()) -> None:  # noqa: B008  frozen
    """5a. Price for the purpose, order, contract, payment confirmed by the keeper, file, citation."""
    v.live.at(f"{sale.ordered}T09:00")
    sale.enter(v, sale.buyer)
    order = place_an_order(v, "Industry development", "8,888.88")
    sign_the_order(v, password)
    v.leave()
    sale.enter(v, sale.seller)
    v.go(order)
    sign_the_order(v, password)
    v.leave()
    sale.enter(v, sale.buyer)
    v.go(order)
    v.sees_state("Awaiting payment")
    pay_by_transfer(v, "8888.88", sale.ordered)
    v.leave()
    v.live.at(f"{sale.confirmed}T09:00")
    sale.enter(v, sale.keeper)
    confirm_the_payment(v, "8888.88")
    v.leave()
    sale.enter(v, sale.buyer)
    v.go(order)
    v.sees_state("Active")
    fetch_and_cite(v, sale.source)
    v.leave()


def place_an_order(v: Visitor, purpose: str, price: str) -> str:
    """Find the product, ask the price for one's purpose, order at it. Returns the address of the order."""
    v.go("/products")
    v.follow(PRODUCT, own=True, exact=False)
    v.choose("Purpose", purpose)
    v.press("Show the price")
    v.sees(price)
    v.press_link("Order at this price")
    v.write("What you will use it for", USE)
    v.press("Place the order")
    v.sees_state("Awaiting signature")
    v.sees(PRODUCT, USE)
    return v.path


def sign_the_order(v: Visitor, password: str) -> None:
    """Read the text as PDF, then sign it with the password."""
    v.press_link("Read and sign")
    text = v.page.get_by_role("link", name=v.say("Read the text (PDF)")).get_attribute("href")
    assert "".join(PRODUCT.split()) in words_in(v.read_file(str(text)))
    v.write("In which capacity you sign", "授权代表")
    v.write("Your own password", password)
    v.press("Sign")
    v.sees("授权代表")


def pay_by_transfer(v: Visitor, yuan: str, day: str) -> None:
    """Announce the transfer with its voucher; a wrong amount is refused and stays in the form."""
    v.press_link("Pay")
    v.write("Amount transferred in yuan", "1.00")
    v.write("Day of the transfer", day)
    v.upload("Voucher", PAPER)
    v.press("Announce a bank transfer", refused=True)
    v.sees("There is a problem", own=False)
    assert v.field("Amount transferred in yuan").input_value() == "1.00"
    v.write("Amount transferred in yuan", yuan)
    v.upload("Voucher", PAPER)
    v.press("Announce a bank transfer")
    v.sees_state("Announced")


def confirm_the_payment(v: Visitor, yuan: str) -> None:
    """Somebody who keeps the seller's accounts saw the money."""
    v.go("/payments")
    v.page.locator("#main tbody a").first.click()
    v.look()
    v.act("Confirm the receipt")
    v.write("Amount received in yuan", yuan)
    v.write("Entry in the bank statement", "网银流水 0518")
    v.press("Confirm the receipt")
    v.sees_state("Confirmed")


def fetch_and_cite(v: Visitor, source: str) -> None:
    """Fetch the data: the very bytes of the seller's file; the source and the day to cite."""
    v.press_link("My data")
    v.press("Fetch the data")
    assert v.download("Download") == INDEX.content
    v.sees(source)
    text = v.page.locator("#main").get_by_role("link", name=v.say("Text"), exact=True).get_attribute("href")
    citation = v.read_file(str(text)).decode()
    assert "2026" in citation and PRODUCT in citation


def the_public_interest_gets_it_for_nothing(v: Visitor, password: str) -> None:
    """5b. Declare with evidence, be verified, sign the commitment, get the same for nothing."""
    v.live.at("2026-05-21T09:00")
    v.become(CHARITY)
    v.go("/products")
    v.follow(PRODUCT, own=True, exact=False)
    v.choose("Purpose", "Public welfare")
    v.press("Show the price")
    v.press_link("Declare the purpose")
    v.write("What you will use it for", "乡村防汛志愿服务的雨情提示。")
    v.upload("Evidence", PAPER)
    v.press("Declare a purpose")
    v.sees_state("Declared")
    declared = v.path
    v.leave()
    v.live.at("2026-05-25T09:00")
    v.become(DECIDER)
    v.go(declared)
    v.press("Verify the purpose")
    v.sees_state("Verified")
    v.leave()
    v.live.at("2026-05-26T09:00")
    v.become(CHARITY)
    order = place_an_order(v, "Public welfare", v.say("Free of charge"))
    sign_the_order(v, password)
    v.go(order)
    v.sees_state("Active")
    v.sees("8,888.88")  # what was waived
    fetch_and_cite(v, "衡州市气象局")
    v.leave()


def the_authority_settles(v: Visitor, password: str) -> None:
    """6. Desk by clock, income board, settlement by two people, statements as PDF."""
    v.live.at("2026-07-06T09:00")
    v.become(REVIEWER)
    v.go("/desk")
    v.sees("Due work", own=False)
    v.go("/income?from=2026-04-01&to=2026-06-30")
    v.sees("8,888.88", "云汀智算科技有限公司", PRODUCT)
    v.go("/settlements")
    v.press_link("Prepare a settlement")
    v.page.locator("#jurisdiction").select_option("990100")
    v.write("Period from", "2026-04-01")
    v.write("Period to", "2026-06-30")
    v.press("Prepare a settlement")
    v.sees_state("Prepared")
    case = v.path
    assert (
        v.page.get_by_role("button", name=v.say("Approve"), exact=True).count() == 0
    )  # not the one who prepared it
    v.leave()
    v.become(DECIDER)
    v.go(case)
    v.press("Approve")
    v.leave()
    v.become(REVIEWER)
    v.go(case)
    v.press("Close and draw up the statements")
    v.sees_state("Closed")
    v.leave()
    each_party_sees_its_statement(v)


def each_party_sees_its_statement(v: Visitor) -> None:
    """Developer, operator and agency each read the PDF of their own share."""
    for who, name, amount in (
        (DEVELOPER, "云汀智算科技有限公司", "5,333.33"),
        (OPERATOR, "衡数一级开发有限公司", "2,222.22"),
        (AGENCY, "衡州市气象局", "888.89"),
    ):
        v.become(who)
        v.go("/statements")
        v.follow(name, own=True)
        v.sees(amount)
        link = v.page.locator("#main a[href^='/documents/']").first.get_attribute("href")
        said = words_in(v.read_file(str(link)))
        assert name in said and amount in said
        v.leave()


def open_data_is_released(v: Visitor, password: str) -> None:
    """7a. The agency prepares a file of its open entry, the authority reviews it, the agency releases it."""
    v.live.at("2026-07-07T09:00")
    v.become(AGENCY)
    v.go("/catalogue/own?state=published")
    v.follow(ENTRY, own=True)
    v.press_link("Prepare a file for opening")
    v.write("Title of the file", "逐日雨量 2026")
    v.write("As at", "2026-06-30")
    v.upload("File", RAIN)
    v.write("Treatment", "已清洗，不含个人信息。")
    v.press("Hand in for review")
    case = v.path
    v.leave()
    v.become(REVIEWER)
    v.go(case)
    v.act("Review")
    v.write("Findings of the review", "不涉密，可以开放。")
    v.page.get_by_role("checkbox").last.check()
    v.press("Review")
    v.leave()
    v.become(AGENCY)
    v.go(case)
    v.press("Release")
    v.sees_state("Released")
    v.leave()


def anybody_looks_around(v: Visitor, password: str) -> None:
    """7b. Without an account: search, open file, register of operators, a PDF checked by code and by upload."""
    v.live.at("2026-07-08T09:00")
    with v.live.inside():
        audit.seal(v.live.now)
    v.go("/")
    v.page.get_by_role("searchbox").first.fill("降雨")
    v.page.get_by_role("button", name=v.say("Search"), exact=True).first.click()
    v.look()
    v.follow(ENTRY, own=True, exact=False)
    v.sees("衡州市气象局")
    v.go("/open-data")
    v.follow("逐日雨量 2026", own=True)
    assert v.download("Download") == RAIN.content
    v.go("/operators")
    v.sees("衡数一级开发有限公司", "云汀智算科技有限公司")
    check_a_confirmation(v)


def check_a_confirmation(v: Visitor) -> None:
    """The confirmation sheet of the registration, from the register to the check page, by code and by its bytes."""
    v.go("/registrations")
    v.page.locator("#main tbody a").first.click()
    v.look()
    sheet = v.read_file(str(v.page.locator("#main a[href^='/documents/']").first.get_attribute("href")))
    code = re.search(r"/check/([0-9A-Z]{16})\b", v.page.content())
    assert code
    v.go("/check")
    v.page.locator("#code").fill(code[1])
    v.press("Check")
    v.sees("This document was issued here and is in force.", own=False)
    v.upload("Your PDF file", File("sheet.pdf", sheet))
    v.press("Compare")
    v.sees("Genuine and unchanged", own=False)
    v.upload("Your PDF file", File("sheet.pdf", sheet.replace(b"/Type", b"/Tipe", 1)))
    v.press("Compare")
    v.sees("Not the issued document", own=False)
    v.go("/check?code=AAAABBBBCCCCDDDD", status=404)


STEPS = [
    industry_buys,
    the_public_interest_gets_it_for_nothing,
    the_authority_settles,
    open_data_is_released,
    anybody_looks_around,
]
