"""The closed lists of the vocabulary: each value with its Chinese word."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A value of a closed list; `words` is what people call it, `synonyms` what they also write for it."""

    words: str
    synonyms: tuple[str, ...]

    def __new__(cls, value: str, words: str, *synonyms: str) -> Self:
        """Keep the words beside the value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.words = words
        term.synonyms = synonyms
        return term


class RegionLevel(Term):
    """行政区划级别"""

    PROVINCE = "PROVINCE", "省级", "省", "自治区", "直辖市"
    CITY = "CITY", "地级", "市级", "地市级", "地级市", "设区市"
    COUNTY = "COUNTY", "县级", "县", "区县级", "县区级", "县级市", "市辖区"
    TOWNSHIP = "TOWNSHIP", "乡级", "乡镇级", "乡镇", "镇级", "街道"


class TownLevel(Term):
    """专业镇级别"""

    PROVINCIAL = "PROVINCIAL", "省级", "省", "省级专业镇"
    CITY = "CITY", "市级", "市", "地级", "市级专业镇"
    COUNTY = "COUNTY", "县级", "县", "区县级", "县级专业镇"


class TownStatus(Term):
    """专业镇认定状态"""

    CANDIDATE = "CANDIDATE", "培育（未认定）", "未认定", "培育中", "培育对象", "拟认定"
    RECOGNISED = "RECOGNISED", "已认定", "认定", "正式认定", "通过认定"
    WITHDRAWN = "WITHDRAWN", "已撤销", "撤销", "取消认定", "已取消"


class OrganisationForm(Term):
    """主体形式"""

    ENTERPRISE = (
        "ENTERPRISE",
        "企业",
        "公司",
        "有限公司",
        "有限责任公司",
        "股份有限公司",
        "民营企业",
        "国有企业",
        "私营企业",
        "外资企业",
        "企业法人",
        "规上企业",
        "小微企业",
    )
    SOLE_TRADER = "SOLE_TRADER", "个体工商户", "个体户", "个体", "个体工商", "个体经营", "个体经营户"
    COOPERATIVE = "COOPERATIVE", "农民专业合作社", "合作社", "专业合作社", "农民合作社", "农业合作社"
    FAMILY_FARM = "FAMILY_FARM", "家庭农场", "农场"
    VILLAGE_COLLECTIVE = (
        "VILLAGE_COLLECTIVE",
        "农村集体经济组织",
        "村集体",
        "集体经济组织",
        "村集体经济组织",
        "股份经济合作社",
        "村集体经济",
    )
    INSTITUTION = (
        "INSTITUTION",
        "事业单位、社会组织",
        "事业单位",
        "社会组织",
        "社会团体",
        "协会",
        "研究院",
        "高校",
        "院校",
    )
    AGENCY = "AGENCY", "政府机关", "机关", "政府部门", "行政机关", "政府"


class ProductCategory(Term):
    """产品或环节类别"""

    RAW_MATERIAL = "RAW_MATERIAL", "原材料", "原料", "原辅料", "原辅材料", "主要原料", "材料"
    COMPONENT = (
        "COMPONENT",
        "零部件、中间品",
        "零部件",
        "中间品",
        "零件",
        "部件",
        "配件",
        "半成品",
        "中间产品",
    )
    PROCESS = "PROCESS", "工序", "加工工序", "生产工序", "工艺", "加工"
    EQUIPMENT = "EQUIPMENT", "装备", "设备", "机器设备", "生产设备", "机械设备", "机械", "机器"
    SERVICE = "SERVICE", "服务", "服务业", "配套服务", "生产性服务", "加工"
    FINISHED = "FINISHED", "最终产品", "成品", "终端产品", "产成品", "最终品", "消费品"
    PACKAGING = "PACKAGING", "包装", "包装材料", "包装物", "包材", "包装品"


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

    NATIONAL = "NATIONAL", "国家级", "国家", "中央", "部级"
    PROVINCIAL = "PROVINCIAL", "省级", "省"
    CITY = "CITY", "市级", "市", "地市级"
    COUNTY = "COUNTY", "县级", "县", "区县级", "县区级"


class BenefitResource(Term):
    """政策措施的要素类型"""

    POLICY = "POLICY", "政策"
    PROJECT = "PROJECT", "项目"
    FUNDS = "FUNDS", "资金", "资金支持", "补助", "补贴", "奖补", "奖励"
    TALENT = "TALENT", "人才", "人力"
    LAND = "LAND", "土地", "用地", "土地要素"
    ENERGY = "ENERGY", "能源", "用能", "电力"
    SERVICE = "SERVICE", "服务"


class BenefitRecipient(Term):
    """政策措施给谁"""

    ORGANISATION = "ORGANISATION", "主体", "企业", "市场主体"
    TOWN = "TOWN", "专业镇：资金等给镇，不逐户享受", "专业镇", "镇"


class StandardPurpose(Term):
    """标准用途"""

    RECOGNITION = "RECOGNITION", "认定"
    EVALUATION = "EVALUATION", "评价"
    CLASSES = "CLASSES", "分档"


class ProjectStatus(Term):
    """重大项目状态"""

    PLANNED = "PLANNED", "谋划", "谋划中", "筹备", "拟建", "前期"
    STARTED = "STARTED", "在建", "建设中", "在建中", "已开工", "开工", "续建"
    COMPLETED = "COMPLETED", "建成", "已建成", "完工", "已完工", "竣工", "投产", "已投产"
    STOPPED = "STOPPED", "停止", "已停止", "停建", "停工", "终止"


class ProblemExtent(Term):
    """问题涉及面"""

    COMMON = "COMMON", "行业共性问题", "共性", "共性问题"
    INDIVIDUAL = "INDIVIDUAL", "企业个性问题", "个性", "个性问题"


class ProblemStatus(Term):
    """问题状态"""

    OPEN = "OPEN", "待办", "未办", "未解决", "待解决", "待处理"
    ASSIGNED = "ASSIGNED", "已交办", "交办", "办理中", "处理中"
    RESOLVED = "RESOLVED", "已解决", "解决", "办结", "已办结"


class TaskStatus(Term):
    """任务状态"""

    PLANNED = "PLANNED", "未开始", "未启动", "待启动"
    STARTED = "STARTED", "进行中", "推进中", "已开始", "正在进行"
    DONE = "DONE", "已完成", "完成"
    CANCELLED = "CANCELLED", "已取消", "取消", "撤销", "已撤销"


class NoticeStatus(Term):
    """督办通知书状态"""

    DRAFT = "DRAFT", "草拟", "草稿", "拟稿"
    ISSUED = "ISSUED", "已下达", "下达", "已下发"
    CLOSED = "CLOSED", "已销号", "销号", "已整改"


class LeadStage(Term):
    """招商线索阶段"""

    UNTOUCHED = "UNTOUCHED", "未接触", "未联系", "待接触"
    CONTACTED = "CONTACTED", "已接触", "接触", "已联系"
    NEGOTIATING = "NEGOTIATING", "在谈", "洽谈中", "在谈中", "洽谈"
    SIGNED = "SIGNED", "签约", "已签约"
    LANDED = "LANDED", "落地", "已落地"
    DROPPED = "DROPPED", "放弃", "已放弃", "终止"


class LedgerName(Term):
    """台账的种类"""

    PROBLEM = "PROBLEM", "问题台账"
    TASK = "TASK", "任务台账"
    PROJECT = "PROJECT", "项目台账"
    NOTICE = "NOTICE", "督办台账"
    LEAD = "LEAD", "招商线索台账"


class LedgerAction(Term):
    """台账变更的种类"""

    CREATED = "CREATED", "登记"
    MOVED = "MOVED", "流转"
    CHANGED = "CHANGED", "更改"
    COMMENTED = "COMMENTED", "批注"
    UNDONE = "UNDONE", "撤销：先前的一次变更不再作数"


class Bound(Term):
    """数值性质"""

    EXACT = "EXACT", "等于", "确数", "准确"
    AT_LEAST = "AT_LEAST", "不少于", "至少", "以上", "超过", "不低于", "大于"
    AT_MOST = "AT_MOST", "不多于", "至多", "以下", "不超过", "不高于", "小于"
    ABOUT = "ABOUT", "约", "大约", "左右", "约数", "近"


class Scope(Term):
    """数值口径"""

    WHOLE = "WHOLE", "全镇（主体）整体", "全镇", "整体", "全口径"
    PRODUCT = "PRODUCT", "单项产品", "产品", "单品"
    CHAIN = "CHAIN", "全产业链（含关联行业）"
    EXPORT = "EXPORT", "出口"
    PARK = "PARK", "园区（开发区）", "园区", "开发区"
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

    TOWN = "TOWN", "本镇", "镇内"
    COUNTY = "COUNTY", "同县", "本县", "县内"
    CITY = "CITY", "同市", "本市", "市内"
    PROVINCE = "PROVINCE", "同省"
    COUNTRY = "COUNTRY", "省外", "外省"
    ABROAD = "ABROAD", "境外", "国外", "进口", "海外"
    UNKNOWN = "UNKNOWN", "不详", "未知", "不清楚"


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
