#include "pages/dates.h"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <ctime>

namespace beffroi::pages {

std::string french_date(std::string_view iso) {
  static constexpr std::array<std::string_view, 12> kMonths = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                                               "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
  const auto digit = [&](std::size_t at) { return std::isdigit(static_cast<unsigned char>(iso[at])) != 0; };
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::string(iso);
  for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!digit(at)) return std::string(iso);
  }
  const int month = (iso[5] - '0') * 10 + (iso[6] - '0');
  const int day = (iso[8] - '0') * 10 + (iso[9] - '0');
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::string(iso);
  return (day == 1 ? "1er" : std::to_string(day)) + " " + std::string(kMonths[static_cast<std::size_t>(month - 1)]) + " " +
         std::string(iso.substr(0, 4));
}

void write_date(Html& html, std::string_view iso) {
  const std::string words = french_date(iso);
  if (words == iso) {
    html.text(words);
  } else {
    html.element("time", {{"datetime", iso}}, words);
  }
}

std::string french_moment(std::int64_t time_ms) {
  const std::time_t seconds = static_cast<std::time_t>(time_ms / 1000);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return french_date(fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday)) +
         fmt::format(" à {}\u00a0h\u00a0{:02}", local.tm_hour, local.tm_min);
}

}  // namespace beffroi::pages
