"""Steps 1 to 3 of the walk, page by page: from a catalogue file to a registered resource and licensed firms."""

from pathlib import Path

from kernel.fields import File
from registry.vocabulary.papers import PAPERS
from tests.browser.visitor import Visitor
from tests.journeys.story import PAPER, small_catalogue

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogues" / "zhejiang_lishui.json"
ENTRY, RESOURCE, ELEMENT = "莲都区各测站降雨信息", "衡州市雨情监测数据资源", "逐日雨量要素"
FIRST, SECOND, PRODUCT = "雨情数据一级开发", "降雨指数产品二级开发", "降雨指数保险触发数据"
AGENCY = "Agency: keeps the catalogue"
REVIEWER, DECIDER = "Authority: reviews and assesses", "Authority: decides and signs"
REGISTRAR = "Registrar"
OPERATOR, DEVELOPER = "Operator: develops and sells", "Developer: makes products"
CRITERIA = ("Purpose of use", "Technical condition", "Processing ability", "Security management")


def name_the_registrar(v: Visitor, password: str) -> None:
    """The authority names the registrar and notes its filing; both stand in the public register of registrars."""
    v.live.at("2026-03-02T09:00")
    v.become(DECIDER)
    v.go("/registrars")
    v.press_link("Name a registrar")
    v.choose("Organisation", "衡州市公共数据登记中心", own=True)
    v.write("Number of the document by which it is named", "衡数函〔2026〕3号")
    v.write("Qualified from", "2026-03-02")
    v.write("Qualified until", "2029-03-01")
    v.press("Name a registrar")
    v.sees_state("In office")
    v.act("Note the filing with the level above")
    v.write("Filed with", "上级数据主管部门")
    v.write("Number of the filing", "备案〔2026〕7号")
    v.write("Filed on", "2026-03-02")
    v.press("Note the filing with the level above")
    v.leave()
    v.go("/registrars")
    v.sees("衡州市公共数据登记中心", "备案〔2026〕7号")


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
    v.press("Enter every row that can be taken")
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
    v.live.at("2026-03-19T09:00")
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
    v.live.at("2026-03-20T09:00")
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
    v.live.at("2026-04-07T09:00")
    v.become(REGISTRAR)
    v.go(case)
    v.act("Give the code")
    v.press("Give the code")
    v.sees_state("In force")
    v.sees("ZY-990100-")


def license_the_firms(v: Visitor, password: str) -> None:
    """3a. Both firms fill their dossiers and apply; one person assesses, another announces and grants."""
    for who, name, level in (
        (OPERATOR, "衡数一级开发有限公司", "First-level development"),
        (DEVELOPER, "云汀智算科技有限公司", "Second-level development"),
    ):
        v.live.at("2026-03-06T10:00")
        v.become(who)
        fill_the_dossier(v)
        v.go("/licences")
        v.press_link("Apply for a licence")
        v.tick("Level", level)
        v.write("Scope of the licence", "水利、气象领域公共数据的治理与开发")
        for place, words in enumerate(
            ("面向防汛与保险。", "自建三级等保平台。", "团队二十人。", "设安全负责人。")
        ):
            v.page.get_by_label(v.label("Your statement")).nth(place).fill(words)
        v.press("Save the draft")
        v.press("Hand in the application")
        case = v.path
        v.leave()
        assess_the_firm(v, case)
        v.live.at("2026-03-18T09:00")
        v.become(DECIDER)
        v.go(case)
        v.act("Grant the licence")
        v.write("Reasons for the decision", "经评估符合条件，公示无异议，准予取得资格。")
        v.press("Grant the licence")
        v.sees_state("In force")
        v.leave()
        v.go("/operators")
        v.sees(name)


def fill_the_dossier(v: Visitor) -> None:
    """Every paper the rules ask for, once."""
    for kind in PAPERS:
        v.go(f"/dossiers/papers/new?kind={kind}")
        v.write("Issued by", "衡州市市场监督管理局")
        v.write("Valid from", "2026-01-05")
        v.upload("File of the paper", PAPER)
        v.press("Add a paper")


def assess_the_firm(v: Visitor, case: str) -> None:
    """The authority accepts and names an assessor, who declares no tie and gives points; another announces."""
    v.live.at("2026-03-09T09:00")
    v.become(DECIDER)
    v.go(case)
    v.press("Accept")
    v.press_link("Name an assessor")
    v.choose("Assessor", "数据局审核处周科长 · 衡州市数据局", own=True)
    v.press("Name an assessor")
    v.leave()
    v.become(REVIEWER)
    v.go(case)
    v.press_link("To your assessment")
    v.act("Declare ties to the applicant")
    v.tick(
        "Is there anything that ties you to the applicant?",
        "No. I have no tie to the applicant and assess impartially.",
    )
    v.press("Declare ties to the applicant")
    v.press_link("Give points")
    for criterion in CRITERIA:
        v.write(criterion, "86")
    v.write("Opinion", "符合条件。")
    v.press("Hand in the assessment")
    v.leave()
    v.live.at("2026-03-10T09:00")
    v.become(DECIDER)
    v.go(case)
    v.press("Announce to the public")
    v.leave()


STEPS = [name_the_registrar, import_a_catalogue, license_the_firms, register_the_resource]
