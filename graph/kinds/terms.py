"""The closed lists of the vocabulary: each value with its Chinese word."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A value of a closed list; `words` is what people call it."""

    words: str

    def __new__(cls, value: str, words: str) -> Self:
        """Keep the word beside the value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.words = words
        return term


class RegionLevel(Term):
    """行政区划级别"""

    PROVINCE = "PROVINCE", "省级"
    CITY = "CITY", "地级"
    COUNTY = "COUNTY", "县级"
    TOWNSHIP = "TOWNSHIP", "乡级"


class TownLevel(Term):
    """专业镇级别"""

    PROVINCIAL = "PROVINCIAL", "省级"
    CITY = "CITY", "市级"
    COUNTY = "COUNTY", "县级"


class TownStatus(Term):
    """专业镇认定状态"""

    CANDIDATE = "CANDIDATE", "培育（未认定）"
    RECOGNISED = "RECOGNISED", "已认定"
    WITHDRAWN = "WITHDRAWN", "已撤销"


class OrganisationForm(Term):
    """主体形式"""

    ENTERPRISE = "ENTERPRISE", "企业"
    SOLE_TRADER = "SOLE_TRADER", "个体工商户"
    COOPERATIVE = "COOPERATIVE", "农民专业合作社"
    FAMILY_FARM = "FAMILY_FARM", "家庭农场"
    VILLAGE_COLLECTIVE = "VILLAGE_COLLECTIVE", "农村集体经济组织"
    INSTITUTION = "INSTITUTION", "事业单位、社会组织"
    AGENCY = "AGENCY", "政府机关"


class ProductCategory(Term):
    """产品或环节类别"""

    RAW_MATERIAL = "RAW_MATERIAL", "原材料"
    COMPONENT = "COMPONENT", "零部件、中间品"
    PROCESS = "PROCESS", "工序"
    EQUIPMENT = "EQUIPMENT", "装备"
    SERVICE = "SERVICE", "服务"
    FINISHED = "FINISHED", "最终产品"
    PACKAGING = "PACKAGING", "包装"


class SupplyKind(Term):
    """供给性质：能否靠招商引来；农产、矿产、公用事业、废料、公共服务只能保供"""

    FARMED = "FARMED", "农林牧渔产品（门类 A）"
    MINED = "MINED", "矿产（门类 B）"
    UTILITY = "UTILITY", "电、热、气、水（门类 D）"
    SCRAP = "SCRAP", "废料：废弃资源综合利用（大类 42）"
    PUBLIC_SERVICE = "PUBLIC_SERVICE", "公共服务：只由产品的 supplyKind 列给出"
    MADE = "MADE", "制造（门类 C，大类 42 除外）"
    SERVICE = "SERVICE", "建筑与服务（其余门类）"


class OwnRule(Term):
    """主体算入一个专业镇经济的规则，依次判断"""

    MEMBER = "MEMBER", "本镇成员"
    INDUSTRY = "INDUSTRY", "不属任何镇、位于本镇区划，从事本镇主导行业"
    CHAIN = "CHAIN", "不属任何镇、位于本镇区划，生产本镇参考产业链上的产品"
    TRADE = "TRADE", "不属任何镇、位于本镇区划，与本镇成员有供应往来"
    PLACE = "PLACE", "不属任何镇、位于本镇区划，行业与产品都无从比较，而当地只有一个专业镇"


class GovernmentLevel(Term):
    """政府层级"""

    NATIONAL = "NATIONAL", "国家级"
    PROVINCIAL = "PROVINCIAL", "省级"
    CITY = "CITY", "市级"
    COUNTY = "COUNTY", "县级"


class BenefitResource(Term):
    """政策措施的要素类型"""

    POLICY = "POLICY", "政策"
    PROJECT = "PROJECT", "项目"
    FUNDS = "FUNDS", "资金"
    TALENT = "TALENT", "人才"
    LAND = "LAND", "土地"
    ENERGY = "ENERGY", "能源"
    SERVICE = "SERVICE", "服务"


class StandardPurpose(Term):
    """标准用途"""

    RECOGNITION = "RECOGNITION", "认定"
    EVALUATION = "EVALUATION", "评价"
    CLASSES = "CLASSES", "分档"


class ProjectStatus(Term):
    """重大项目状态"""

    PLANNED = "PLANNED", "谋划"
    STARTED = "STARTED", "在建"
    COMPLETED = "COMPLETED", "建成"
    STOPPED = "STOPPED", "停止"


class ProblemExtent(Term):
    """问题涉及面"""

    COMMON = "COMMON", "行业共性问题"
    INDIVIDUAL = "INDIVIDUAL", "企业个性问题"


class ProblemStatus(Term):
    """问题状态"""

    OPEN = "OPEN", "待办"
    ASSIGNED = "ASSIGNED", "已交办"
    RESOLVED = "RESOLVED", "已解决"


class TaskStatus(Term):
    """任务状态"""

    PLANNED = "PLANNED", "未开始"
    STARTED = "STARTED", "进行中"
    DONE = "DONE", "已完成"
    UNDONE = "UNDONE", "已撤销"
    CANCELLED = "CANCELLED", "已取消"


class NoticeStatus(Term):
    """督办通知书状态"""

    DRAFT = "DRAFT", "草拟"
    ISSUED = "ISSUED", "已下达"
    CLOSED = "CLOSED", "已销号"


class LeadStage(Term):
    """招商线索阶段"""

    UNTOUCHED = "UNTOUCHED", "未接触"
    CONTACTED = "CONTACTED", "已接触"
    NEGOTIATING = "NEGOTIATING", "在谈"
    SIGNED = "SIGNED", "签约"
    LANDED = "LANDED", "落地"
    DROPPED = "DROPPED", "放弃"


class Bound(Term):
    """数值性质"""

    EXACT = "EXACT", "等于"
    AT_LEAST = "AT_LEAST", "不少于"
    AT_MOST = "AT_MOST", "不多于"
    ABOUT = "ABOUT", "约"


class Scope(Term):
    """数值口径"""

    WHOLE = "WHOLE", "全镇（主体）整体"
    PRODUCT = "PRODUCT", "单项产品"
    CHAIN = "CHAIN", "全产业链（含关联行业）"
    EXPORT = "EXPORT", "出口"
    PARK = "PARK", "园区（开发区）"
    COUNTY = "COUNTY", "全县"
    CITY = "CITY", "全市"


class Grade(Term):
    """来源等级"""

    A = "A", "官方发布或权威媒体"
    B = "B", "一般媒体或二手转述"
    C = "C", "网络资料、行业常识或未记录"


class Stage(Term):
    """产业链位置"""

    UPSTREAM = "UPSTREAM", "上游"
    MIDSTREAM = "MIDSTREAM", "中游"
    DOWNSTREAM = "DOWNSTREAM", "下游"
    SUPPORT = "SUPPORT", "配套服务"


class Proximity(Term):
    """两地的远近，近者在前"""

    TOWN = "TOWN", "本镇"
    COUNTY = "COUNTY", "同县"
    CITY = "CITY", "同市"
    PROVINCE = "PROVINCE", "同省"
    COUNTRY = "COUNTRY", "省外"
    ABROAD = "ABROAD", "境外"
    UNKNOWN = "UNKNOWN", "不详"


class AllianceForm(Term):
    """联合形式"""

    ALLIANCE = "ALLIANCE", "产业联盟"
    JOINT_VENTURE = "JOINT_VENTURE", "合资"
    CLUSTER_ORGANISATION = "CLUSTER_ORGANISATION", "集群促进机构"


class LoadStatus(Term):
    """装载状态"""

    RUNNING = "RUNNING", "进行中"
    DONE = "DONE", "已完成"
    UNDONE = "UNDONE", "已撤销"


class RulingAction(Term):
    """数据裁定的种类"""

    PIN = "PIN", "选定：几个数值相争时以此为准"
    CORRECT = "CORRECT", "更正：改动一行的若干单元格"
    RETRACT = "RETRACT", "撤回：一行及依附于它的行不再作数"
    MERGE = "MERGE", "合并：两个标识是同一主体"
    APART = "APART", "区分：两个标识不是同一主体"
