"""Phrases in which reports and news tell the figures of the vocabulary, and some that only look like them."""

from __future__ import annotations

from datetime import date

import pytest

from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading

PHRASES = """
licensed_social_workers|全县考取社工证的人员累计320人。
licensed_social_workers|目前，全市持证的社会工作者有3200多人。
licensed_social_workers|全市社工持证人数位居全省第三，达3200人。
licensed_social_workers|目前驻站社工达41名，其中27名持证。
newly_licensed|全年新增社工持证人员320人。
licensed_per_10000|全县社工壮大，每万常住人口拥有36.4人。
social_work_stations|全市86个乡镇街道全部建成社会工作服务站。
social_work_agencies|如皋市持证社工286人，机构12家。
stationed_social_workers|320名社工常驻乡镇社工站。
stationed_social_workers|社工站选配专业社工320名。
stationed_social_workers|全市社工站配备专兼职社工320名。
social_work_posts|如皋市2013年就设了12个社工岗。
volunteers|全市注册志愿者总数现为46.8万人。
volunteers|志愿者中，如皋市、海门区注册人数居前，分别为12万人、9万人。
volunteer_teams|全市注册志愿服务团体1200个。
volunteer_teams|各社区组建12支志愿队伍。
cases_handled|社工站建立个案档案320个。
cases_handled|今年上半年，社工新登记个案320宗。
people_served|社工站服务各类困难群众和特殊群体1.2万人次。
people_served|社工站帮助困难群众1.2万人次。
people_served|社工服务骑手、网约车司机2.6万人次。
households_served|社工走访特困供养对象、留守儿童4300余户次。
children_served|社工在小学服务，惠及约8400名学童。
funds_raised|社工整合社会资源32万元。
donors|慈善会接收捐赠，捐赠个人9421人次。
donors|全市共有3200人次参与慈善捐款。
exam_takers|社工考试当天，全市3200名考生参加考试。
exam_passers|在今年的社工考试中，全市有1320名考生成绩合格。
exam_passers|2020年，我市通过全国社会工作者职业水平考试的有131人。
exam_passers|社工考试实际参考7.12万人，取得证书人数为1.53万人。
exam_candidates|社工考试期间，全市8600名考生报考。
service_projects|社工协会发布清单，一共36个项目。
social_work_graduates|全省高校今年毕业社会工作专业学生121名。
subsidy_amount|考取中级社工证的，一次性奖2000元，补贴及时到位。
other|其中，全市新成立登记社会组织486家。
other|如皋市培育本土社工65名。
other|全市又再增加持证社工56人。
other|附2020年慈善捐赠10万元以上单位名单。
"""


@pytest.mark.parametrize("line", PHRASES.split("\n")[1:-1])
def test_what_a_phrase_counts(line: str) -> None:
    indicator, text = line.split("|")
    found = {row["indicator"] for row in find_statistics(Reading(text, "", date(2022, 12, 20), "320600"))}
    assert indicator in found if indicator != "other" else found <= {"other"}
