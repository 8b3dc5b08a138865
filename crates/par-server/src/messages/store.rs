//! Sentences about the store as a whole: why it refused, what an upgrade did, how it stands to a package.

use std::path::Path;

use par_core::text;
use par_store::error::{Error, Refusal};

use super::database::{plain, short, table};
use super::system;
use crate::exchange::package::against::Against;

/// Whose fault it is that the database does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// What is stored is not in order.
    Data,
    /// The command names what is not there.
    Usage,
    /// The machine or the server failed.
    Machine,
}

/// What happened, what to do, and whose fault it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// What happened, and where.
    pub sentence: String,
    /// What to do about it.
    pub hint: &'static str,
    /// Whose fault it is.
    pub blame: Blame,
}

impl From<Error> for Failed {
    fn from(failed: Error) -> Failed {
        let (sentence, hint) = error(&failed);
        let blame = match failed {
            Error::NotOurs
            | Error::Damaged(_)
            | Error::Unreadable { .. }
            | Error::Refused(Refusal::NotADatabase) => Blame::Data,
            Error::BackupFirst { .. }
            | Error::Refused(Refusal::NoSuchDatabase | Refusal::Address | Refusal::Encryption) => {
                Blame::Usage
            }
            _ => Blame::Machine,
        };
        Failed { sentence, hint, blame }
    }
}

/// That the schema was changed, and where the data stand as they were before.
pub fn upgraded(from: i64, to: i64, backup: Option<&Path>) -> String {
    let done = format!("Đã nâng cấp cấu trúc dữ liệu từ {from} lên {to}.");
    match backup {
        Some(path) => format!(
            "{done} Bản trước khi nâng cấp: {}; giữ lại cho tới khi chắc chắn mọi thứ đúng.",
            path.display()
        ),
        None => format!("{done} Giữ bản sao lưu đã có cho tới khi chắc chắn mọi thứ đúng."),
    }
}

/// Years of which the import did not say what every table holds.
pub fn sealed_late(years: &[u16]) -> String {
    let years: Vec<String> = years.iter().map(u16::to_string).collect();
    format!(
        "Năm {} nhập bằng phiên bản cũ, khi đó nhật ký chỉ ghi mã băm của các điểm chấm; các bảng khác được \
         chốt mã băm lúc nâng cấp, nên sửa đổi ngoài chương trình từ trước đó không phát hiện được.",
        years.join(", ")
    )
}

/// How the database stands to a package that was kept elsewhere.
pub fn against(against: &Against) -> String {
    let of = |year: &u16, version: &u32| format!("năm {year}, phiên bản {version}");
    match against {
        Against::Spoilt(file) => format!(
            "Gói được nêu đã bị sửa hoặc hỏng ở {file}, nên không dùng để đối chiếu được; xem `parindex verify`."
        ),
        Against::NoRecord => {
            "Gói được nêu không ghi năm và phiên bản (publication.json), nên không dùng để đối chiếu được."
                .to_owned()
        }
        Against::Missing { year, version } => format!(
            "Dữ liệu không có {}, là phiên bản của gói được nêu: bản công bố đã bị gỡ, hoặc gói của nơi khác.",
            of(year, version)
        ),
        Against::Other { year, version, here, given } => format!(
            "{} trong dữ liệu là gói khác với gói được nêu (mã gói {}; gói được nêu {}): một trong hai đã bị thay.",
            text::capital(&of(year, version)),
            short(here),
            short(given)
        ),
        Against::Journal { sequence, here, given } => format!(
            "Dòng nhật ký {sequence} không còn như khi công bố gói được nêu (mã băm {}; trong gói {}): nhật ký đã bị viết lại.",
            plain(here),
            plain(given)
        ),
        Against::Same { year, version, names_journal } => {
            let journal = if *names_journal {
                ", nhật ký tới lúc đó còn nguyên"
            } else {
                "; gói không nêu dòng nhật ký nào, nên nhật ký không đối chiếu được"
            };
            format!("Khớp với gói được nêu: {}{journal}.", of(year, version))
        }
    }
}

/// What happened and what to do.
pub fn error(error: &Error) -> (String, &'static str) {
    match error {
        Error::NotFound(_) => {
            ("không có mục được nêu trong dữ liệu".to_owned(), "kiểm tra lại năm và mã đơn vị")
        }
        Error::Conflict(_) => {
            ("dữ liệu đã được người khác sửa".to_owned(), "mở lại để xem giá trị mới rồi thực hiện lại")
        }
        Error::SchemaTooNew { .. }
        | Error::SchemaTooOld { .. }
        | Error::BackupFirst { .. }
        | Error::NoBackup { .. } => schema(error),
        Error::NotOurs => (
            "cơ sở dữ liệu trống hoặc của chương trình khác, không phải dữ liệu của parindex".to_owned(),
            "nêu thư mục dữ liệu khác bằng --data DIR, hoặc tạo dữ liệu mới bằng `parindex import THƯ-MỤC`",
        ),
        Error::Refused(refusal) => {
            let (sentence, hint) = refused(*refusal);
            (sentence.to_owned(), hint)
        }
        Error::Unreachable(error) => (
            format!("không tới được cơ sở dữ liệu: {}", system::io_error(error)),
            "kiểm tra thư mục dữ liệu có tồn tại và ghi được, hoặc địa chỉ PostgreSQL và máy chủ",
        ),
        Error::Unreadable { table, column } => (unreadable(table, column), CHECK),
        Error::Damaged(findings) => {
            (format!("dữ liệu không còn nguyên vẹn: {} chỗ sai", findings.len()), CHECK)
        }
        Error::Other(error) => (
            format!("không dùng được cơ sở dữ liệu: {error}"),
            "gửi câu này cho đơn vị quản trị; dữ liệu chưa thay đổi",
        ),
    }
}

const CHECK: &str = "chạy `parindex check` để xem từng chỗ, rồi khôi phục từ bản sao lưu";

fn unreadable(name: &str, column: &str) -> String {
    let place = match (name, column) {
        ("", _) => "một bảng".to_owned(),
        (name, "") => format!("bảng {name} ({})", table(name)),
        (name, column) => format!("bảng {name} ({}), cột {column}", table(name)),
    };
    format!("dữ liệu hỏng: {place} có giá trị không đọc được")
}

fn schema(error: &Error) -> (String, &'static str) {
    match error {
        Error::SchemaTooNew { found, known } => (
            format!(
                "cơ sở dữ liệu do phiên bản mới hơn tạo (cấu trúc {found}, chương trình này biết đến {known})"
            ),
            "dùng phiên bản parindex mới hơn",
        ),
        Error::SchemaTooOld { found, known } => (
            format!("cơ sở dữ liệu do phiên bản cũ tạo (cấu trúc {found}, chương trình này dùng {known})"),
            "chạy `parindex serve` một lần để nâng cấp; tệp cũ được chép ra bên cạnh trước",
        ),
        Error::BackupFirst { found, known } => (
            format!(
                "cơ sở dữ liệu PostgreSQL do phiên bản cũ tạo (cấu trúc {found}, chương trình này dùng {known}); chưa thay đổi gì"
            ),
            "sao lưu bằng `parindex backup TỆP` hoặc pg_dump, rồi chạy lại với --backed-up để nâng cấp",
        ),
        Error::NoBackup { path, error } => (
            format!(
                "không chép được dữ liệu ra {} trước khi nâng cấp: {}; chưa thay đổi gì",
                path.display(),
                system::io_error(error)
            ),
            "cấp quyền ghi hoặc chỗ trống cho thư mục đó, hoặc tự sao lưu rồi chạy lại với --backed-up",
        ),
        _ => unreachable!("the caller has matched"),
    }
}

fn refused(refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::NotADatabase => (
            "tệp parindex.sqlite không phải cơ sở dữ liệu, hoặc đã bị hỏng",
            "khôi phục tệp từ bản sao lưu, hoặc nêu thư mục dữ liệu khác bằng --data DIR",
        ),
        Refusal::ReadOnly => (
            "thư mục dữ liệu chỉ đọc, không ghi được",
            "cấp quyền ghi thư mục và tệp parindex.sqlite cho người chạy, hoặc chép thư mục sang nơi khác",
        ),
        Refusal::CannotOpen => (
            "không mở được tệp cơ sở dữ liệu",
            "kiểm tra thư mục dữ liệu có tệp parindex.sqlite, và quyền đọc, ghi của người chạy",
        ),
        Refusal::Busy => {
            ("cơ sở dữ liệu đang bị chương trình khác khóa", "chờ chương trình kia xong rồi chạy lại")
        }
        Refusal::Full => ("ổ đĩa chứa cơ sở dữ liệu đã đầy", "giải phóng chỗ trên ổ đĩa rồi chạy lại"),
        Refusal::Login => (
            "PostgreSQL không nhận người dùng hoặc mật khẩu",
            "kiểm tra người dùng và mật khẩu trong địa chỉ --database",
        ),
        Refusal::NoSuchDatabase => (
            "máy chủ PostgreSQL không có cơ sở dữ liệu tên này",
            "tạo cơ sở dữ liệu bằng createdb, hoặc sửa tên ở cuối địa chỉ --database",
        ),
        Refusal::Silent => (
            "PostgreSQL không trả lời trong 3 giây, hoặc mọi kết nối đang bận",
            "kiểm tra máy chủ PostgreSQL còn chạy, rồi chạy lại",
        ),
        Refusal::Encoding => (
            "cơ sở dữ liệu PostgreSQL không lưu chữ theo UTF-8, nên không giữ được tiếng Việt",
            "tạo cơ sở dữ liệu khác bằng createdb --encoding=UTF8 --template=template0",
        ),
        Refusal::Right => (
            "người dùng PostgreSQL chưa được cấp quyền này trong cơ sở dữ liệu",
            "cấp quyền bằng `grant create, usage on schema public to NGƯỜI-DÙNG`, hoặc dùng chủ của cơ sở dữ liệu",
        ),
        Refusal::Encryption => (
            "địa chỉ yêu cầu kết nối mã hóa (sslmode), mà bản chương trình này chưa có TLS",
            "bỏ sslmode khi PostgreSQL ở cùng máy hoặc mạng riêng; qua mạng khác thì dùng đường hầm ssh hoặc VPN",
        ),
        Refusal::Disk => (
            "ổ đĩa không đọc hoặc ghi được tệp cơ sở dữ liệu",
            "kiểm tra ổ đĩa và chỗ trống; chép thư mục dữ liệu sang ổ khác rồi chạy `parindex check`",
        ),
        Refusal::Address => {
            ("địa chỉ PostgreSQL không đọc được", "ghi theo dạng postgres://NGƯỜI-DÙNG:MẬT-KHẨU@MÁY:CỔNG/TÊN")
        }
    }
}
