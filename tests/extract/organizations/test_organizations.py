"""Names of organizations are found from their endings, with the right beginning, and generic words are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.organizations.mentions import find_organizations
from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary


def names(text: str) -> list[str]:
    return [row["name"] for row in find_organizations(Reading(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，由江宁区民政局主办，江宁区社会工作协会承办的活动开幕。", ["江宁区民政局", "江宁区社会工作协会"]),
        ("复旦大学附属儿科医院新院揭牌。", ["复旦大学附属儿科医院"]),
        ("在南开大学和天津师范大学举行。", ["南开大学", "天津师范大学"]),
        ("杭州市民政局联合杭州市慈善总会启动项目。", ["杭州市民政局", "杭州市慈善总会"]),
        ("民政部办公厅印发通知。", ["民政部办公厅"]),
        ("共青团江苏省委与江苏省志愿者协会签约。", ["共青团江苏省委", "江苏省志愿者协会"]),
        ("成立了社会工作与志愿者联合会。", ["社会工作与志愿者联合会"]),
        ("市发展和改革委员会发文。", ["市发展和改革委员会"]),
        ("三家单位和彩虹社会工作服务中心合作。", ["彩虹社会工作服务中心"]),
        ("来自青岛工学院的师生参观了新桥派出所。", ["青岛工学院", "新桥派出所"]),
        ("国务院新闻办、人社部发布消息。", ["国务院新闻办", "人社部"]),
        ("华安工业（集团）公司捐款。", ["华安工业（集团）公司"]),
        ("区委社会工作部副部长到访。", ["区委社会工作部"]),
        ("香港基督教女青年会副总干事发言。", ["香港基督教女青年会"]),
        ("青禾大学社会工作系及基督教家庭服务中心协办。", ["青禾大学社会工作系", "基督教家庭服务中心"]),
        ("中国科学院地理科学与资源研究所发布报告。", ["中国科学院地理科学与资源研究所"]),
        ("高树社福中心社工督导说。", ["高树社福中心"]),
        ("路北区“红马甲”志愿服务队上门。", ["路北区“红马甲”志愿服务队"]),
        ("区民政和人力资源社会保障局立项。", ["区民政和人力资源社会保障局"]),
        ("明心家庭服务会提供辅导。", ["明心家庭服务会"]),
        ("市里请青禾大学派人来。", ["青禾大学"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    found = names(text)
    assert [name for name in expected if name not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "下一步工作会更加扎实，打造社会工作人才培训中心。",
        "各区民政局、各街道办事处要重视，兄弟区县社工协会前来学习。",
        "全区有三家社会工作服务中心和五个行业协会。",
        "各类社会组织、企业单位、大学生和中学生参加。",
        "当局面对复杂的格局，观众在大厅里鼓掌。",
        "财政部门和教育部队均已到位。",
        "该公司、本公司和这所学校。",
        "处在市中心的位置。",
        "县财政安排社工站建设资金，村级社工点和公立医院受益。",
        "信访等部门集中办公。",
        "成立了社会工作行业协会。",
    ],
)
def test_no_single_organization(text: str) -> None:
    assert names(text) == []


def test_a_short_form_is_the_row_of_its_full_form() -> None:
    text = "区民政局主办。会上，虹桥区民政局表彰了先进。"
    assert [(row["name"], row["start"]) for row in find_organizations(Reading(text))] == [("虹桥区民政局", 10)]


def test_a_short_form_of_two_full_forms_stays() -> None:
    assert names("区民政局主办。虹桥区民政局和兰亭区民政局参加。") == ["区民政局", "虹桥区民政局", "兰亭区民政局"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("沈阳市民政局", "government"),
        ("胶州市委社会工作部", "party"),
        ("中国社会工作联合会", "association"),
        ("爱德基金会", "foundation"),
        ("闵行利群社工事务所", "agency"),
        ("华东理工大学", "university"),
        ("湖南省肿瘤医院", "hospital"),
        ("北京绿润食品有限公司", "company"),
        ("育苗小学", "school"),
        ("水清一村居委会", "community"),
        ("中央电视台", "media"),
        ("北京军区", "military"),
        ("中国科学院", "other"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [row["kind"] for row in find_organizations(Reading(text + "。"))] == [kind]


def test_every_kind_is_declared() -> None:
    assert set(load_vocabulary("organization_suffixes")) == set(load_vocabulary("organization_kinds"))


@given(st.text(alphabet="市区民政局大学附属医院和、的社会工作服务中心三家（）公司在《》 \n", max_size=80))
def test_any_text_gives_rows_whose_span_is_the_name(text: str) -> None:
    rows = find_organizations(Reading(text))
    assert all(text[row["start"] : row["end"]] == row["name"] for row in rows)
    assert len({row["name"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("腾飞公益慈善基金会联合中国乡村发展基金会启动项目。", ["腾飞公益慈善基金会", "中国乡村发展基金会"]),
        ("敦和基金会、南都公益基金会到会。", ["敦和基金会", "南都公益基金会"]),
        ("江苏省盐城市盐都区潘黄街道社工站开展活动。", ["江苏省盐城市盐都区潘黄街道社工站"]),
        ("走进江北医院等三甲医院。", ["江北医院"]),
        ("临江市民政局党委书记、局长到会。", ["临江市民政局"]),
        ("江北省肿瘤医院社会工作部介绍，", ["江北省肿瘤医院社会工作部"]),
        ("市社工联、区社工协会、区团委、区残联参加。", ["市社工联", "区社工协会", "区团委", "区残联"]),
        ("详细了解社工站运营情况。", []),
        ("社工要先学会倾听。", []),
        ("新竹县政府社会处举办表扬。", ["新竹县政府社会处"]),
        ("国立台湾大学和东海大学与会。", ["国立台湾大学", "东海大学"]),
        ("卫生福利部社会及家庭署、社会工作者注册局表示，", ["卫生福利部社会及家庭署", "社会工作者注册局"]),
        ("圣雅各福群会和邻舍辅导会出席。", ["圣雅各福群会", "邻舍辅导会"]),
        (
            "中央组织部、国家发展改革委、人力资源社会保障部等部门",
            ["中央组织部", "国家发展改革委", "人力资源社会保障部"],
        ),
        ("来到泰康之家上海分公司。", ["泰康之家上海分公司"]),
        ("全国政协社会和法制委员会调研。", ["全国政协社会和法制委员会"]),
        ("临江社会工作教育与实务协会成立。", ["临江社会工作教育与实务协会"]),
        ("香港社会服务联会（社联）公布，社联认为，", ["香港社会服务联会"]),
    ],
)
def test_only_these(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县民政局和县文旅局一道，在和县文旅局集合。", ["县民政局", "和县文旅局"]),
        ("记者25日从江西省民政厅获悉，从江县民政局报名。", ["江西省民政厅", "从江县民政局"]),
        ("经中共临江市委组织部同意，", ["中共临江市委组织部"]),
        ("恒信招标代理有限公司受德阳市旌阳区民政局委托，", ["恒信招标代理有限公司", "德阳市旌阳区民政局"]),
        ("忠县民政局组织社工站站长到梁平区考察。", ["忠县民政局"]),
        ("忠县民政局组织部分社工站站长考察。", ["忠县民政局"]),
        ("联合会推动三社联动，搭建三社联动平台，党建引领五社联动。", []),
        ("该县三级政府重视，街道办事大厅繁忙。", []),
        ("江西省社工联合会与市义工联合会签约。", ["江西省社工联合会", "市义工联合会"]),
        ("镇卫生院、镇民政办和区检察院、区政协到会。", ["镇卫生院", "镇民政办", "区检察院", "区政协"]),
        ("秦州区家和社工服务中心揭牌。", ["秦州区家和社工服务中心"]),
        ("合肥鹤年养老服务有限公司和2021年星月养老服务有限公司", ["合肥鹤年养老服务有限公司", "星月养老服务有限公司"]),
        ("邻县一间中学的社工。", []),
        ("县政府印发通知，县委县政府重视。", ["县政府"]),
        ("上海市慈善基金会闵行区分会到会。", ["上海市慈善基金会闵行区分会"]),
        ("市慈善总会、闵行区分会到会。", ["市慈善总会", "闵行区分会"]),
        ("感谢屏东家扶中心协助。", ["屏东家扶中心"]),
    ],
)
def test_edges(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市民政局社会组织管理科科长介绍，", "市民政局社会组织管理科"),
        ("向市民政局社会组织管理科反映情况。", "市民政局社会组织管理科"),
        ("江淮大学社会工作系教授段某认为，", "江淮大学社会工作系"),
        ("教育部学生辅导及特教司副司长说，", "教育部学生辅导及特教司"),
        ("市民政局社会工作科技创新", "市民政局"),
        ("市民政局工作人员与各科联系", "市民政局"),
        ("市民政局二楼社会事务股收。", "市民政局"),
    ],
)
def test_a_department_is_named_with_its_body(text: str, expected: str) -> None:
    assert names(text) == [expected]
