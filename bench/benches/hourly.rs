//! Hourly results of automatic monitoring, as an emitter's platform exports them, and the plan they follow: synthetic,
//! of any length, the same bytes each time.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What is wrong with the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Faults {
    /// One in some thousand.
    Few,
    /// Every one breaks three rules.
    Everywhere,
}

const EMITTERS: [&str; 3] = ["91652302948219939M", "916523010824628146", "916523003909960332"];
const POLLUTANTS: [(&str, u64); 3] = [("二氧化硫", 100), ("氮氧化物", 100), ("颗粒物", 30)];
/// Points of each emitter: enough that the hours of so many rows end before the day of the audit.
fn points(rows: u64) -> u64 {
    (rows / 250_000).clamp(8, 999)
}

/// Writes results and plan into a folder, which is made; the results' file is given.
pub(crate) fn write(folder: &Path, rows: u64, faults: Faults) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("自行监测方案-合成数据.csv"), plan(points(rows)))?;
    let path = folder.join("自行监测结果-合成数据.csv");
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    writeln!(
        file,
        "统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值,单位,标准限值,达标情况,超标倍数,污染物排放方式,\
         排放去向,公开时间"
    )?;
    let mut line = String::new();
    for row in 0..rows {
        line.clear();
        record(row, points(rows), faults, &mut line);
        file.write_all(line.as_bytes())?;
    }
    file.flush()?;
    Ok(path)
}

fn plan(points: u64) -> String {
    let mut text = "统一社会信用代码,排放口编号,监测点位,污染源类别,污染物名称,监测方式,承担方式,监测频次,频次单位,执行标准,标准等级,\
         限值上限,限值单位,均值类型,监测方法,监测仪器,监测质量控制,监测点位示意图,监测结果公开时限,方案版本,变更日期,公开日期\n"
        .to_owned();
    for emitter in EMITTERS {
        for point in 1..=points {
            for (pollutant, limit) in POLLUTANTS {
                let _ = writeln!(
                    text,
                    "{emitter},DA{point:03},烟囱,有组织废气,{pollutant},自动,自行,1,小时,GB 16297-1996,,{limit},mg/m³,小时,\
                     定电位电解法,烟气分析仪,比对监测,http://air.example.cn/dwt.png,实时,2016-1,2016-01-11,2016-01-14"
                );
            }
        }
    }
    text
}

fn record(row: u64, points: u64, faults: Faults, line: &mut String) {
    let (hour, series) = (row / (points * 9), row % (points * 9));
    let emitter = EMITTERS[(series / (points * 3)) as usize];
    let (point, (pollutant, limit)) = (series / 3 % points + 1, POLLUTANTS[(series % 3) as usize]);
    let bad = |every: u64| faults == Faults::Everywhere || row % every == every / 2;
    // A walk through all hundredths below the limit that does not repeat within a day.
    let hundredths = (row * 7919 + hour * 104_729) % (limit * 70) + limit * 20;
    let value = match (bad(1009), row % 2003) {
        (true, _) => format!("{}.5", limit + limit / 2),
        (false, 7) => "-1.2".to_owned(),
        _ => format!("{}.{:02}", hundredths / 100, hundredths % 100),
    };
    let delay = if bad(1511) { 300 } else { 30 };
    let to = if faults == Faults::Few && row % 2503 == 11 { "" } else { "大气" };
    let (start, end, public) = (hour * 60, hour * 60 + 60, hour * 60 + 60 + delay);
    let _ = writeln!(
        line,
        "{emitter},DA{point:03},{pollutant},自动,{},{},{value},mg/m³,{limit},达标,,连续,{to},{}",
        Minute(start),
        Minute(end),
        Minute(public)
    );
}

/// Minutes since 2014-01-01 00:00.
struct Minute(u64);

impl std::fmt::Display for Minute {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (days, minute) = (self.0 / 1440, self.0 % 1440);
        // After Howard Hinnant's `civil_from_days`; 735,539 days lie between 0000-03-01 and 2014-01-01.
        let (era, of_era) = ((days + 735_539) / 146_097, (days + 735_539) % 146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let (day, month) =
            (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
        let year = year + era * 400 + u64::from(month <= 2);
        write!(formatter, "{year}-{month:02}-{day:02} {:02}:{:02}", minute / 60, minute % 60)
    }
}
