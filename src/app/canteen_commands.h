// The commands on a commune's own canteens, the same work as the pages of /cantines: for scripts and for those who prefer a keyboard.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "forecast/boosting.h"

namespace beffroi::app {

struct CanteenImportOptions {
  std::string commune;
  std::filesystem::path file;
  bool check = false;                  // say what would be imported and what is asked; import nothing
  std::string days, same_day, differs; // answers, as their stable words; empty: as remembered, or asked
  std::vector<std::string> names;      // « NOM DANS LE FICHIER=S001 », « =nouvelle », « =laisser »
  bool leave_faulty = false, our_town = false;
};

struct CanteenCalendarOptions {
  std::string commune;
  std::string from, to;                // AAAA-MM-JJ; empty: the month of today
  std::string zone;                    // chosen when given
  std::vector<std::string> open, close;
  std::string reason;
};

struct CanteenPlanOptions {
  std::string commune;
  int days = 28;
  bool linear = false;
};

struct CanteenOverrideOptions {
  std::string commune, site, day, reason;
  int meals = 0;
};

struct CanteenServedOptions {
  std::string commune, day;
  std::vector<std::string> meals;      // « S001=118 »
};

struct CanteenReviewOptions {
  std::string commune, from, to;
  bool json = false;
};

struct CanteenExportOptions {
  std::string commune, what = "commandes", from, to;
  std::filesystem::path out;           // .csv or .ods
};

// Null, and said, when LightGBM is not there or not wanted.
[[nodiscard]] std::shared_ptr<const forecast::Boosting> boosting_of(const Config& config, bool linear);

[[nodiscard]] int run_canteen_import(const Config& config, const CanteenImportOptions& options);
[[nodiscard]] int run_canteen_calendar(const Config& config, const CanteenCalendarOptions& options);
[[nodiscard]] int run_canteen_plan(const Config& config, const CanteenPlanOptions& options);
[[nodiscard]] int run_canteen_override(const Config& config, const CanteenOverrideOptions& options);
[[nodiscard]] int run_canteen_served(const Config& config, const CanteenServedOptions& options);
[[nodiscard]] int run_canteen_review(const Config& config, const CanteenReviewOptions& options);
[[nodiscard]] int run_canteen_export(const Config& config, const CanteenExportOptions& options);

}  // namespace beffroi::app
