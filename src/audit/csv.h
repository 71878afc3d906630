// A row of CSV as French spreadsheets read it: « ; » between fields, quotes where they are needed, CR LF at the end. A field that a
// spreadsheet would take for a formula (= + - @, a tab) begins with an apostrophe: it is shown, never computed.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace beffroi::audit {

// So that a spreadsheet knows the accents: the first bytes of a file.
inline constexpr std::string_view kCsvBeginning = "\xEF\xBB\xBF";

void add_csv_row(std::string& out, std::initializer_list<std::string_view> fields);

}  // namespace beffroi::audit
