#include "usecases/canteen/exporting/sheet.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "pages/html.h"
#include "usecases/canteen/csv.h"

namespace beffroi::canteen {

namespace {

constexpr std::string_view kManifest =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>\n";

constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
    "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.3\">"
    "<office:automatic-styles>"
    "<number:date-style style:name=\"jour\"><number:day number:style=\"long\"/><number:text>/</number:text>"
    "<number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/></number:date-style>"
    "<number:percentage-style style:name=\"part\"><number:number number:decimal-places=\"1\" number:min-integer-digits=\"1\"/>"
    "<number:text>%</number:text></number:percentage-style>"
    "<style:style style:name=\"titre\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"c-jour\" style:family=\"table-cell\" style:data-style-name=\"jour\"/>"
    "<style:style style:name=\"c-part\" style:family=\"table-cell\" style:data-style-name=\"part\"/>"
    "</office:automatic-styles><office:body><office:spreadsheet>";
constexpr std::string_view kFoot = "</office:spreadsheet></office:body></office:document-content>\n";

std::string decimal(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string csv_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return csv_field(*text);
  std::string out;
  if (const auto* number = std::get_if<double>(&cell)) out = decimal(*number);
  if (const auto* share = std::get_if<Share>(&cell)) out = decimal(100 * share->share);
  if (const auto* day = std::get_if<DayCell>(&cell)) out = forecast::to_iso(day->day);
  std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

std::string text_cell(std::string_view text, std::string_view style) {
  return fmt::format("<table:table-cell{} office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", style,
                     pages::escaped(text));
}

std::string ods_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return text_cell(*text, "");
  if (const auto* number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number))
    return fmt::format("<table:table-cell office:value-type=\"float\" office:value=\"{0}\"><text:p>{0}</text:p></table:table-cell>",
                       decimal(*number));
  if (const auto* share = std::get_if<Share>(&cell); share != nullptr && std::isfinite(share->share))
    return fmt::format(
        "<table:table-cell table:style-name=\"c-part\" office:value-type=\"percentage\" office:value=\"{:.6f}\"><text:p>{}%</text:p>"
        "</table:table-cell>",
        share->share, decimal(100 * share->share));
  if (const auto* day = std::get_if<DayCell>(&cell))
    return fmt::format(
        "<table:table-cell table:style-name=\"c-jour\" office:value-type=\"date\" office:date-value=\"{0}\"><text:p>{0}</text:p>"
        "</table:table-cell>",
        forecast::to_iso(day->day));
  return "<table:table-cell/>";
}

std::string content_of(const std::vector<Sheet>& sheets) {
  std::string out(kHead);
  for (const Sheet& sheet : sheets) {
    out += fmt::format("<table:table table:name=\"{}\"><table:table-row>", pages::escaped(sheet.name));
    for (const std::string& name : sheet.header) out += text_cell(name, " table:style-name=\"titre\"");
    out += "</table:table-row>";
    for (const auto& row : sheet.rows) {
      out += "<table:table-row>";
      for (const Cell& cell : row) out += ods_cell(cell);
      out += "</table:table-row>";
    }
    out += "</table:table>";
  }
  return out += kFoot;
}

struct CloseSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

tl::unexpected<Error> not_written(std::string detail) {
  return fail(Code::internal, "Le classeur n’a pas pu être écrit.", "ods: " + std::move(detail));
}

// The archive is written into `target`, which outlives it.
Status write_archive(zip_source_t* target, std::string_view content) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_keep(target);  // opening takes one reference, closing gives it back
  std::unique_ptr<zip_t, CloseArchive> archive(zip_open_from_source(target, ZIP_TRUNCATE, &error));
  if (archive == nullptr) {
    zip_source_free(target);
    return not_written(zip_error_strerror(&error));
  }
  struct File {
    const char* name;
    std::string_view bytes;
    bool packed;
  };
  const std::array<File, 3> files = {
      {{"mimetype", kOdsType, false}, {"META-INF/manifest.xml", kManifest, true}, {"content.xml", content, true}}};
  for (const File& file : files) {
    zip_source_t* bytes = zip_source_buffer(archive.get(), file.bytes.data(), file.bytes.size(), 0);
    const zip_int64_t place = bytes == nullptr ? -1 : zip_file_add(archive.get(), file.name, bytes, ZIP_FL_ENC_UTF_8);
    if (place < 0) {
      if (bytes != nullptr) zip_source_free(bytes);
      return not_written(zip_strerror(archive.get()));
    }
    const auto at = static_cast<zip_uint64_t>(place);
    constexpr zip_uint16_t kNewYear2020 = (40 << 9) | (1 << 5) | 1;  // a date of DOS: the archive is the same on every day
    if (zip_set_file_compression(archive.get(), at, file.packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(archive.get(), at, 0, kNewYear2020, 0) != 0)
      return not_written(zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) return not_written(zip_strerror(archive.get()));
  static_cast<void>(archive.release());  // closed, and freed by that
  return {};
}

}  // namespace

std::string to_csv(const Sheet& sheet) {
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t at = 0; at < sheet.header.size(); ++at) out += (at == 0 ? "" : ";") + csv_field(sheet.header[at]);
  out += "\r\n";
  for (const auto& row : sheet.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) out += (at == 0 ? "" : ";") + csv_cell(row[at]);
    out += "\r\n";
  }
  return out;
}

Result<std::string> to_ods(const std::vector<Sheet>& sheets) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, CloseSource> target(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (target == nullptr) return not_written(zip_error_strerror(&error));
  const std::string content = content_of(sheets);
  BEFFROI_CHECK(write_archive(target.get(), content));
  zip_stat_t about;
  if (zip_source_stat(target.get(), &about) != 0 || zip_source_open(target.get()) != 0) return not_written("reading back");
  std::string out(about.size, '\0');
  const zip_int64_t got = zip_source_read(target.get(), out.data(), out.size());
  zip_source_close(target.get());
  if (got != static_cast<zip_int64_t>(out.size())) return not_written("reading back");
  return out;
}

}  // namespace beffroi::canteen
