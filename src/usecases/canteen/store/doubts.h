// What looks wrong in a file about to be imported, for the page and the command alike.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "forecast/dates.h"
#include "usecases/canteen/importing/draft.h"

namespace beffroi::canteen {

// What looks wrong once the draft stands beside what is recorded: sentences about the days of the file only, and a doubt on the zone of
// holidays first. Changes nothing. `draft`: ready.
[[nodiscard]] Result<std::vector<std::string>> doubts_of(db::Database& commune, const Draft& draft, forecast::Day now);

}  // namespace beffroi::canteen
