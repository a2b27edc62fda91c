"""The checks every peer makes, and the totals they come to.

Rules of the env pack, as plain as each tool can say them:

    result-negative   the value is below zero (no pollutant of the file may be)
    exceedance        the value is above the limit
    compliance-flag   the verdict contradicts value and limit
    auto-late         published more than two hours after the period's end
    result-fields     a required cell is blank
"""

RULES = ["result-negative", "exceedance", "compliance-flag", "auto-late", "result-fields"]

USCC, POINT, POLLUTANT, METHOD, START, END, VALUE, UNIT, LIMIT, VERDICT, MULTIPLE, MODE, TO, PUBLISHED = (
    "统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值,单位,标准限值,达标情况,超标倍数,"
    "污染物排放方式,排放去向,公开时间"
).split(",")

REQUIRED = [POINT, POLLUTANT, VALUE, LIMIT, VERDICT, MODE, TO]
OK, OVER = "达标", "超标"
LATE_SECONDS = 2 * 3600
