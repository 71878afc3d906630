#include "usecases/canteen/dataset.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/files.h"
#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::canteen;

namespace {

// A folder of a tiny town; a test changes one file of it.
struct Town {
  beffroi::testing::TemporaryFolder folder;
  Town() {
    write("sites.csv", "site_id,site,type,sector\nS1,LES LILAS,M,Nord\nS2,LE PORT,M/E,Sud\n");
    write("calendar.csv",
          "date,school_day,holiday,public_holiday,strike,ramadan,aid\n2016-11-10,1,,,0,0,0\n2016-11-11,1,,,0,0,0\n2016-11-14,1,,,0,0,0\n");
    write("attendance.csv", "site_id,date,served,agents\nS1,2016-11-10,50,55\nS2,2016-11-10,,\n");
  }
  void write(const char* name, std::string_view text) const { REQUIRE(write_file_atomically(folder.path() / name, text).has_value()); }
  [[nodiscard]] std::string fault() const {
    const auto read = read_dataset(folder.path());
    return read ? "" : read.error().message;
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a town is read, its public holidays computed") {
  const Town town;
  const auto read = read_dataset(town.folder.path()).value();
  CHECK(read.panel->sites[1].name == "LE PORT");
  CHECK(read.panel->count(0, 0) == 50);
  CHECK(read.agents[0] == 55);
  CHECK(std::isnan(read.panel->count(1, 0)));
  CHECK(read.panel->days[0].open);
  CHECK_FALSE(read.panel->days[1].open);  // 11 November, whatever the file says
  CHECK_FALSE(read.panel->days[2].open);  // not in the calendar: Saturday
  CHECK(read.panel->days[4].open);
}

TEST_CASE("each fault is found and said with its line, and nothing is read") {
  const Town town;
  const auto attendance = [&](std::string_view row) {
    town.write("attendance.csv", "site_id,date,served,agents\nS1,2016-11-10,50,55\n" + std::string(row) + "\n");
    return town.fault();
  };
  CHECK(has(attendance("S1,2016-11-14,-3,"), "attendance.csv, ligne 3"));
  CHECK(has(attendance("S1,2016-11-14,52000,"), "nombre de repas"));
  CHECK(has(attendance("S1,2016-11-14,beaucoup,"), "nombre de repas"));
  CHECK(has(attendance("S1,14/11/2016,50,"), "AAAA-MM-JJ"));
  CHECK(has(attendance("S9,2016-11-14,50,"), "n’est pas dans sites.csv"));
  CHECK(has(attendance("S1,2016-11-10,49,55"), "déjà d’autres nombres"));
  CHECK(has(attendance("S1,2019-11-10,49,55"), "calendrier"));
  CHECK(attendance("S1,2016-11-10,50,55").empty());  // the same row twice does no harm
  town.write("sites.csv", "site_id,site,type,sector\nS1,A,M,N\nS1,B,M,N\n");
  CHECK(has(town.fault(), "déjà donnée"));
}
