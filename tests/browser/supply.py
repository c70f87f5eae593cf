"""Steps 1 to 4 of the walk, page by page: from a catalogue file to a product on sale."""

from pathlib import Path
from typing import Any

from kernel.fields import File
from tests.browser.visitor import Visitor
from tests.journeys.story import COLUMNS, INDEX, PAPER, RAIN, SAMPLE, small_catalogue

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogues" / "zhejiang_lishui.json"
ENTRY, RESOURCE, ELEMENT = "莲都区各测站降雨信息", "衡州市雨情监测数据资源", "逐日雨量要素"
FIRST, SECOND, PRODUCT = "雨情数据一级开发", "降雨指数产品二级开发", "降雨指数保险触发数据"
AGENCY = "Agency: keeps the catalogue"
REVIEWER, DECIDER = "Authority: reviews and assesses", "Authority: decides and signs"
REGISTRAR = "Registrar"
OPERATOR, DEVELOPER = "Operator: develops and sells", "Developer: makes products"
CRITERIA = ("Purpose of use", "Technical condition", "Processing ability", "Security management")
PURPOSES = ("Public welfare", "Industry development")


def import_a_catalogue(v: Visitor, password: str) -> None:
    """1. The agency uploads a file, reads the report, carries it out, completes an entry; the authority publishes it."""
    v.live.at("2026-03-03T09:00")
    v.become(AGENCY)
    v.go("/catalogue/own")
    v.press_link("Import a catalogue")
    file = File(REAL.name, REAL.read_bytes()) if REAL.is_file() else small_catalogue()
    v.press("Examine the file", refused=True)  # without a file
    v.sees("There is a problem", own=False)
    v.upload("Catalogue file", file)
    v.press("Examine the file")
    v.sees(file.name)
    v.sees("Nothing has been entered yet.", own=False, part=True)
    v.sees("845" if REAL.is_file() else "3")
    v.go(v.path + "?outcome=refused")
    v.page.go_back()
    v.press("Carry out the import")
    v.sees("The rows are in the catalogue.", own=False, part=True)
    complete_one_entry(v)
    v.leave()
    v.live.at("2026-03-06T09:00")
    v.become(REVIEWER)
    v.go("/catalogue/review")
    v.follow(ENTRY, own=True)
    v.press("Publish")
    v.sees_state("Published")


def complete_one_entry(v: Visitor) -> None:
    """What the file could not say is added; the entry is handed in."""
    v.page.get_by_label(v.say("Name or agency")).fill(ENTRY)
    v.press("Apply")
    v.follow(ENTRY, own=True)
    v.sees("Still missing before it can be handed in", own=False)
    v.press_link("Edit")
    v.tick("National grade", "general data")
    v.tick("Local level", "level 1")
    v.write("Collecting department", "衡州市水利局")
    v.write("Approving department", "衡州市数据局")
    v.tick("Sharing attribute", "shared without conditions")
    v.write("Shared content", "全部数据项")
    v.write("Sharing conditions", "注明来源。")
    v.write("Sharing scope", "各级公共管理和服务机构")
    v.tick("Opening attribute", "open without conditions")
    v.press("Save the draft")
    v.act("Attach the assessments")
    v.upload("Secrecy-risk assessment", PAPER)
    v.upload("Impact assessment on personal information", PAPER)
    v.write("Head who consented", "局长")
    v.write("Day of the consent", "2026-03-03")
    v.press("Attach the assessments")
    v.press("Hand in for review")
    v.sees_state("Submitted")


def register_the_resource(v: Visitor, password: str) -> None:
    """2. The agency describes and hands in; the registrar accepts, announces, codes; a PDF that anybody can check."""
    v.live.at("2026-03-09T09:00")
    v.become(AGENCY)
    v.go("/resources/own")
    v.press_link("Describe a data resource")
    v.write("Name of the resource", RESOURCE)
    v.tick("Catalogue entries it is made of", ENTRY, own=True)
    v.write("Content", "各雨量站监测数据，持续归集更新。")
    v.write("Scenarios of use", "防汛调度、农业保险。")
    v.write("Lawful source", "依职责监测形成。")
    v.write("Place of storage", "衡州市政务云")
    v.write("Volume", "约 120 万条")
    v.choose("Update frequency", "daily")
    v.tick("National grade", "general data")
    v.write("Evidence deposit (SHA-256)", "5e" * 32)
    v.press("Save")
    v.press_link("Begin its registration")
    v.tick("Kind of registration", "First registration")
    v.page.locator("#risk_assessment").fill("不含国家秘密和个人信息，风险可控。")
    v.upload("Registration commitment letter", PAPER)
    v.press("Save the draft")
    v.press_link("See what becomes public and hand in")
    v.sees(RESOURCE)
    v.check("We answer for the truth, completeness and lawfulness of everything handed in.")
    v.check("We have seen what will be made public and agree to it.")
    v.press("Hand in the registration")
    v.sees_state("Submitted")
    v.leave()
    v.live.at("2026-03-11T09:00")
    v.become(REGISTRAR)
    v.go("/desk")
    v.follow(RESOURCE, own=True, exact=False)
    v.press("Accept")
    v.press("Publish for objections")
    v.sees_state("Public notice")
    case = v.path
    v.leave()
    v.go(case)  # anybody reads the notice and could object
    v.sees("Do you object?", own=False)
    v.live.at("2026-04-01T09:00")
    v.become(REGISTRAR)
    v.go(case)
    v.act("Give the code")
    v.press("Give the code")
    v.sees_state("In force")
    v.sees("ZY-990100-")


def license_the_firms(v: Visitor, password: str) -> None:
    """3a. Operator and developer apply for their licences; one person assesses, another grants."""
    for who, name, level in (
        (OPERATOR, "衡数一级开发有限公司", "First-level development"),
        (DEVELOPER, "云汀智算科技有限公司", "Second-level development"),
    ):
        v.live.at("2026-04-02T09:00")
        v.become(who)
        v.go("/licences")
        v.press_link("Apply for a licence")
        v.tick("Level", level)
        v.write("Scope of the licence", "水利、气象领域公共数据的治理与开发")
        for place, words in enumerate(
            ("面向防汛与保险。", "自建三级等保平台。", "团队二十人。", "设安全负责人。")
        ):
            v.page.get_by_label(v.label("Your statement")).nth(place).fill(words)
        for proof in ("technical condition", "processing ability", "security management"):
            v.upload(f"Proof of the {proof}", PAPER)
        v.press("Save the draft")
        v.press("Hand in the application")
        case = v.path
        v.leave()
        v.live.at("2026-04-03T09:00")
        v.become(REVIEWER)
        v.go(case)
        v.press("Accept")
        v.act("Assess")
        for criterion in CRITERIA:
            v.write(criterion, "86")
        v.write("Opinion", "符合条件。")
        v.press("Assess")
        v.leave()
        v.live.at("2026-04-07T09:00")
        v.become(DECIDER)
        v.go(case)
        v.act("Grant the licence")
        v.write("Reasons for the decision", "经评估符合条件，准予取得资格。")
        v.press("Grant the licence")
        v.sees_state("In force")
        v.leave()
        v.go("/operators")
        v.sees(name)


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


STEPS = [
    import_a_catalogue,
    register_the_resource,
    license_the_firms,
    grant_the_first_right,
    deliver_an_element,
    grant_the_second_right,
    list_a_product,
]
