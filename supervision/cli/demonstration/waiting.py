"""What waits for somebody when the demonstration is opened: something on every desk."""

from contracts.commands import application
from kernel.command import execute
from registry.commands import licence, registration, resource
from supervision.cli.demonstration import market, registers, rights, sales
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.times import Calendar
from supervision.commands import searching


def leave_work(city: City, times: Calendar) -> None:
    """A registration in notice and one handed in, a licence and an application to assess, a purpose, orders unpaid.

    And what the search was told: words that mean the same, a search that somebody keeps.
    """
    _searches(city, times)
    _registrations(city, times)
    _applications(city, times)
    _orders(city, times)


def _searches(city: City, times: Calendar) -> None:
    with times.ago(40):
        words = {"words": ["雨量", "降水量", "rainfall"], "reason": "气象行业同义用语"}
        execute(searching.adopt, actor=city.act("decider"), data=words)
        kept = {"title": "雨量数据", "kinds": ["entry", "product"], "words": "雨量"}
        execute(searching.save, actor=city.act("buyer"), data=kept)


def _registrations(city: City, times: Calendar) -> None:
    entries = ("河道水位站实时水位", "水库蓄水量", "水雨情预报")
    title, scenario = "衡州市水情监测数据资源", "防洪调度、航运、保险"
    with times.ago(24):
        found = execute(
            resource.describe,
            actor=city.act("agency9_apply"),
            data=registers.described(city, title, entries, scenario),
        )
        noticed = registers.hand_in(city, "agency9_apply", found)
    with times.ago(22):
        execute(registration.accept, actor=city.act("clerk"), subject_id=noticed.id)
    with times.ago(4):
        execute(registration.announce, actor=city.act("registrar"), subject_id=noticed.id)
    with times.ago(2):
        measured = ("空气质量监测站逐小时浓度", "空气质量指数日报")
        data = registers.described(city, "衡州市空气质量数据资源", measured, "健康服务、环境治理")
        air = execute(resource.describe, actor=city.act("agency3_apply"), data=data)
        registers.hand_in(city, "agency3_apply", air)


def _applications(city: City, times: Calendar) -> None:
    with times.ago(6):
        scope = "市场主体数据要素的二级开发"
        found = registers.apply_for_licence(city, "second_developer", "first_level", scope)
    with times.ago(5):
        execute(licence.accept, actor=city.act("reviewer"), subject_id=found.id)
        registers.name_assessor(city, found, "reviewer")
    with times.ago(3):
        asked = {
            "level": "first_level",
            "title": "衡州市农业生产数据一级开发",
            "sources": [str(city.made["resources"]["farming"].id)],
            "funding_mode": "share_of_income",
            "purposes": rights.PURPOSES,
        }
        farming = rights.apply(city, "operator", asked, years=3)
    with times.ago(2):
        execute(application.accept, actor=city.act("reviewer"), subject_id=farming.id)


def _orders(city: City, times: Calendar) -> None:
    with times.ago(5):
        unpaid = sales.place(city, "logistics", "rain_index", "industry_development")
        sales.sign_order(city, unpaid, "logistics", "developer")
    with times.ago(3):
        announced = sales.place(city, "bank", "footfall", "industry_development")
        sales.sign_order(city, announced, "bank", "developer")
    with times.ago(1):
        sales.announce(city, "bank", sales.invoice_about(announced.id))
        market.declare(
            city, "charity", "farm_weather", "public_welfare", "用于向低收入种植户免费发布霜冻提醒。"
        )
        sales.place(city, "buyer", "passenger_data", "industry_development")
