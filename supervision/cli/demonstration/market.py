"""Products, caps, permitted revenue, offers and verified purposes of the demonstration."""

from datetime import date
from typing import Any

from billing.commands import cap, declaration, permitted_revenue
from kernel.command import execute
from marketplace.commands import offer, product
from marketplace.queries.offers import plans_of
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.rights import ELEMENTS, PURPOSES
from supervision.cli.demonstration.times import Calendar

CHARGED = ("industry_development", "sector_development")
# key, seller, right, element, title, English title, abstract, theme, price in yuan, cap in yuan (first level only), maker
PRODUCTS: list[tuple[str, str, str, str, str, str, str, str, str, str, Any]] = [
    ("rain_data", "operator", "weather", "rain", "衡州逐日雨量数据集", "Hengzhou daily rainfall",
     "六个国家级自动站逐日雨量，按月更新，附站点说明和质量标识。", "weather", "3600.00", "4000.00", papers.rain),
    ("passenger_data", "second_operator", "transit", "passengers", "衡州公交线路日客流数据集", "Hengzhou bus passengers by day",
     "六条骨干公交线路日客流量，不含刷卡明细。", "transport", "5200.00", "5800.00", papers.traffic),
    ("rain_index", "developer", "rain_index", "rain", "降雨指数保险触发服务数据", "Rain index for insurance",
     "按乡镇合成的降雨指数与触发阈值，用于农业保险理赔触发。", "weather", "8800.00", "", papers.rain),
    ("farm_weather", "second_developer", "farm_weather", "temperature", "农事积温与霜冻风险数据", "Growing degrees and frost risk",
     "逐日积温与霜冻风险等级，服务种植决策。", "industry_agriculture", "2400.00", "", papers.temperature),
    ("footfall", "developer", "footfall", "passengers", "商圈客流热度指数", "Footfall index of shopping areas",
     "由公交日客流推算的商圈热度指数，用于选址和营销评估。", "trade", "6600.00", "", papers.traffic),
]  # fmt: skip
VERIFIED = [
    ("charity", "rain_index", "public_welfare", "用于乡村防汛志愿服务的雨情提示，不作任何商业用途。"),
    ("university", "rain_data", "public_welfare", "用于流域暴雨规律教学科研，成果公开发表。"),
    ("university", "footfall", "public_governance", "受市交通运输局委托，用于公交线网优化评估。"),
]


def list_products(city: City, times: Calendar) -> None:
    """Sellers describe their products, add file and sample, and list them; caps come in force; offers open."""
    made = city.made["products"] = {}
    city.made["plans"] = {}
    for number, row in enumerate(PRODUCTS):
        key, who, right, element, title, title_en, abstract, theme, price, limit, make = row
        with times.at(-30 + number):
            drafted = execute(product.draft, actor=city.act(who), data=_facts(city, row))
            files = {
                "file": make(times.day(-180), times.day(-31)),
                "sample": make(times.day(-180), times.day(-180)),
                "edition": times.day(-31).isoformat(),
            }
            execute(product.attach, actor=city.act(who), subject_id=drafted.id, data=files)
            listed = {"nothing_bars_it": True}
            made[key] = execute(product.list_, actor=city.act(who), subject_id=drafted.id, data=listed)
        if limit:
            _cap(city, times, -25 + number, who, made[key], limit)
        with times.at(-20 + number):
            city.made["plans"][key] = _offer(city, who, made[key], price, times.day(-20 + number))


def _facts(city: City, row: Any) -> dict[str, Any]:
    _key, _who, right, element, title, title_en, abstract, theme, *_ = row
    fields = next(listed for name, _r, _t, _a, listed, _m in ELEMENTS if name == element)
    return {
        "right_id": str(city.made["rights"][right].id),
        "elements": [str(city.made["elements"][element].id)],
        "kind": "data_set",
        "title": title,
        "title_en": title_en,
        "abstract": abstract,
        "columns": [{"name": label, "title": label, "type": kind} for _name, label, kind in fields],
        "purposes": PURPOSES,
        "theme": theme,
        "keywords": [title[2:6], "衡州"],
        "update_frequency": "monthly",
        "exchange_reference": "HZDE-2026-0001",
    }


def _cap(city: City, times: Calendar, start: int, who: str, found: Any, limit: str) -> None:
    for purpose in CHARGED:
        with times.at(start, 10):
            facts = {
                "item_id": str(found.id),
                "purpose_class": purpose,
                "unit": "per_period",
                "amount_minor": limit,
                "valid_from": times.day(start).isoformat(),
                "document_number": f"衡发改价格〔{times.day(start).year}〕18号",
                "grounds": "按数据、算力和存储资源占用及人员投入核定。",
            }
            proposed = execute(cap.propose, actor=city.act(who), data=facts)
        with times.at(start, 15):
            execute(cap.put_in_force, actor=city.act("decider"), subject_id=proposed.id)


def _offer(city: City, who: str, found: Any, price: str, day: date) -> Any:
    facts = {
        "product_id": str(found.id),
        "title": "按年使用",
        "purposes": PURPOSES,
        "open_from": day.isoformat(),
        "plans": [
            {"unit": "per_period", "price_minor": price, "term_months": "12", "quantity_included": "1"}
        ],
    }
    drafted = execute(offer.draft, actor=city.act(who), data=facts)
    opened = execute(offer.open_, actor=city.act(who), subject_id=drafted.id)
    return plans_of(opened.id)[0]


def set_permitted_revenue(city: City, times: Calendar) -> None:
    """The permitted revenue of both operators for the year in which the quarter lies."""
    year = times.quarter_start.year
    for number, (who, cost) in enumerate((("keeper", "11500.00"), ("second_keeper", "42000.00"))):
        facts = {
            "period_from": date(year, 1, 1).isoformat(),
            "period_to": date(year, 12, 31).isoformat(),
            "cost_minor": cost,
            "subsidy_minor": "0.00",
            "capital_minor": "0.00",
            "bond_yield_bp": "180",
            "profit_rate_bp": "650",
            "tax_minor": "600.00",
            "document_number": f"衡发改价格〔{year}〕12号",
        }
        with times.at(-36 + number):
            proposed = execute(permitted_revenue.propose, actor=city.act(who), data=facts)
        with times.at(-34 + number):
            execute(permitted_revenue.approve, actor=city.act("decider"), subject_id=proposed.id)


def verify_purposes(city: City, times: Calendar) -> None:
    """Public-interest buyers declare what they need the data for; the authority verifies it."""
    for number, (who, key, purpose, text) in enumerate(VERIFIED):
        with times.at(-8 + number):
            declared = declare(city, who, key, purpose, text)
        with times.at(-5 + number):
            execute(declaration.verify, actor=city.act("decider"), subject_id=declared.id)


def declare(city: City, who: str, key: str, purpose: str, text: str) -> Any:
    """A declaration with its evidence."""
    facts = {
        "item_id": str(city.made["products"][key].id),
        "purpose_class": purpose,
        "text": text,
        "evidence": papers.paper("用途证明材料", text),
    }
    return execute(declaration.declare, actor=city.act(who), data=facts)
