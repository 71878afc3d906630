#include "usecases/canteen/store/doubts.h"

#include <algorithm>

#include "usecases/canteen/findings.h"
#include "usecases/canteen/store/attendance.h"

namespace beffroi::canteen {

using forecast::Day;

Result<std::vector<std::string>> doubts_of(db::Database& commune, const Draft& draft, Day now) {
  std::vector<std::string> out;
  const Town town = BEFFROI_TRY(load_town(commune, now, &draft));
  Day first = 0, last = -1;
  for (const Entry& entry : draft.entries) {
    if (last < first) first = last = entry.day;
    first = std::min(first, entry.day), last = std::max(last, entry.day);
  }
  for (const Finding& finding : findings_of(town.dataset)) {
    if (finding.until >= first && finding.from <= last) out.push_back(finding.sentence);
  }
  if (auto doubt = zone_doubt(town.rules, done_days(town)); !doubt.empty()) out.insert(out.begin(), std::move(doubt));
  return out;
}

}  // namespace beffroi::canteen
