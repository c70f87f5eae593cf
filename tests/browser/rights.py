"""Steps 3 and 4 of the walk, page by page: rights of both levels, the element between them, a product on sale."""

from typing import Any

from kernel.fields import File
from tests.browser.supply import (
    DECIDER,
    DEVELOPER,
    ELEMENT,
    ENTRY,
    FIRST,
    OPERATOR,
    PRODUCT,
    RESOURCE,
    REVIEWER,
    SECOND,
)
from tests.browser.visitor import Visitor
from tests.journeys.story import COLUMNS, INDEX, RAIN, SAMPLE

PURPOSES = ("Public welfare", "Industry development")


def grant_the_first_right(v: Visitor, password: str) -> None:
    """3b. The operator applies; the authority assesses and decides; agreement and commitment are signed."""
    v.live.at("2026-04-08T09:00")
    v.become(OPERATOR)
    v.go("/applications")
    v.press_link("New application")
    v.press_link("Apply on resources")
    fill_in_the_application(v, FIRST, RESOURCE, "2026-04-15", "2029-04-14")
    v.tick("How the cost is met", "Share of the income")
    v.press("Save the draft")
    v.press("Hand in")
    case = v.path
    decide(v, case, "2026-04-13T09:00", {"operator": "7000", "agency": "2000", "treasury": "1000"})
    sign_everything(v, OPERATOR, password)


def fill_in_the_application(v: Visitor, title: str, source: str, start: str, end: str) -> None:
    """The parts that both levels share."""
    v.write("Title of the application", title)
    v.tick("What you want to develop", source, own=True)
    v.tick("Purposes the products may be used for", *PURPOSES)
    v.write("Purpose and scenarios", "为防汛预警和农业保险提供标准化的雨量数据。")
    territory = v.page.get_by_role("group", name=v.label("Territory in which the results may be provided"))
    territory.get_by_role("checkbox").first.check()
    v.write("From", start)
    v.write("Until", end)
    v.write("Development plan", "分两期完成治理与发布，按月更新。")
    v.write("Technical condition and processing ability", "自有治理平台与专职团队。")
    v.write("Security management", "等级保护三级，全程留痕。")


def decide(v: Visitor, case: str, when: str, shares: dict[str, str]) -> None:
    """One person accepts and assesses, another grants and says who shares the income."""
    v.leave()
    v.live.at(when)
    v.become(REVIEWER)
    v.go(case)
    v.press("Accept for assessment")
    v.press_link("Assess")
    for place in range(4):
        v.page.locator(f"#scores-{place}-points").fill("86")
    v.write("Opinion", "方案可行，建议准予。")
    v.press("Hand in the assessment")
    v.sees_state("Assessed")
    v.leave()
    v.become(DECIDER)
    v.go(case)
    v.press_link("Grant")
    v.write("Reasons", "目的正当、方案可行，准予授权。")
    v.write("Legal basis", "WZ35; WZ36")
    share(v, shares)
    v.press("Grant")
    v.leave()


def share(v: Visitor, shares: dict[str, str]) -> None:
    """Fill in the share of each role; the form names the parties it knows already."""
    for row in (
        v.page.get_by_role("group", name=v.label("Shares of the income")).locator(".repeated__row").all()
    ):
        role = row.get_by_label(v.say("In the role of")).input_value()
        if role in shares:
            row.get_by_label(v.say("Basis points (100 = 1 %)")).fill(shares[role])


def sign_everything(v: Visitor, holder: str, password: str) -> None:
    """The holder signs each agreement with its password, the authority what it has to sign."""
    for who in (holder, DECIDER):
        v.become(who)
        v.go("/agreements?state=drawn_up" if who == holder else "/agreements?state=partly_signed")
        for address in sorted(agreements_on(v)):
            v.go(address)
            v.write("In which capacity you sign", "授权代表")
            v.write("Your own password", "wrong-password-1")
            v.press("Sign", refused=True)
            v.write("Your own password", password)
            v.press("Sign")
        v.leave()


def agreements_on(v: Visitor) -> set[str]:
    """The agreements the list shows."""
    links = v.page.locator("#main a[href^='/agreements/']").all()
    return {str(link.get_attribute("href")) for link in links}


def deliver_an_element(v: Visitor, password: str) -> None:
    """4a. The operator describes a data element, attaches its file and delivers it."""
    v.live.at("2026-04-20T09:00")
    v.become(OPERATOR)
    v.go("/elements")
    v.press_link("New data element")
    v.follow(FIRST, own=True, exact=False)
    v.write("Name of the element", ELEMENT)
    v.write("Description", "各雨量站逐日雨量。")
    v.tick("Resources it was made from", RESOURCE, own=True)
    columns(v)
    v.write("Treatment", "已去重、统一时区；不含个人信息。")
    v.press("Save")
    attach(v, RAIN, "2026-04-20")
    v.press("Deliver")
    v.sees_state("Available")
    v.leave()


def columns(v: Visitor) -> None:
    """The fields of the table."""
    for place, column in enumerate(COLUMNS):
        v.page.locator(f"#columns-{place}-name").fill(column["name"])
        v.page.locator(f"#columns-{place}-title").fill(column["title"])
        v.page.locator(f"#columns-{place}-type").select_option(column["type"])


def attach(v: Visitor, file: File, edition: str, **more: Any) -> None:
    """The file of an element or a product."""
    v.act("Attach a file")
    v.upload("File", file)
    v.write("Edition", edition)
    if "sample" in more:
        v.upload("Sample", more["sample"])
    v.press("Attach a file")


def grant_the_second_right(v: Visitor, password: str) -> None:
    """4b. The developer applies on the element and gets its right with two agreements."""
    v.live.at("2026-04-21T09:00")
    v.become(DEVELOPER)
    v.go("/applications/new")
    v.follow(FIRST, own=True, exact=False)
    fill_in_the_application(v, SECOND, ELEMENT, "2026-05-06", "2028-05-05")
    v.press("Save the draft")
    v.press("Hand in")
    shares = {"developer": "6000", "operator": "2500", "agency": "1000", "treasury": "500"}
    decide(v, v.path, "2026-05-06T09:00", shares)
    sign_everything(v, DEVELOPER, password)


def list_a_product(v: Visitor, password: str) -> None:
    """4c. The developer describes its product, attaches file and sample, lists it, and opens an offer."""
    v.live.at("2026-05-11T09:00")
    v.become(DEVELOPER)
    v.go("/my-products")
    v.press_link("New product")
    v.page.locator("#right_id").select_option(index=1)
    v.page.get_by_role("group", name=v.label("Data elements it is made of")).get_by_role(
        "checkbox"
    ).first.check()
    v.tick("Purposes it may be used for", *PURPOSES)
    v.tick("Kind of product", "Data set")
    v.write("Name of the product", PRODUCT)
    v.write("Name in English", "Rain index for insurance")
    v.write("Description", "按测站合成的降雨指数，用于农业保险理赔触发。")
    columns(v)
    v.write("Reference of the exchange", "HZDEX-2026-0001")
    v.press("Save")
    attach(v, INDEX, "2026-05-11", sample=SAMPLE)
    v.act("List for sale")
    v.page.get_by_role("checkbox").last.check()
    v.press("List for sale")
    v.press_link("New offer")
    v.write("Name of the offer", "按年使用")
    v.page.locator("#plans-0-unit").select_option("per_period")
    v.page.locator("#plans-0-price_minor").fill("8888.88")
    v.page.locator("#plans-0-term_months").fill("12")
    v.page.locator("#plans-0-quantity_included").fill("1")
    v.press("Save")
    v.press("Open for orders")
    v.leave()
    v.go("/products")
    v.follow(PRODUCT, own=True, exact=False)
    v.sees("Chain of authority", "Every link is in force today: from the resource to the product.", own=False)
    v.sees(ENTRY, RESOURCE, FIRST, ELEMENT, SECOND)


STEPS = [grant_the_first_right, deliver_an_element, grant_the_second_right, list_a_product]
