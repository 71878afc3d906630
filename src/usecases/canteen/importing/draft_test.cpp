#include "usecases/canteen/importing/draft.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace beffroi;
using namespace beffroi::canteen;
using forecast::day_of;

namespace {

Known empty_commune() {
  Known known;
  known.today = day_of({2017, 10, 1});
  return known;
}

Known small_town() {
  Known known = empty_commune();
  known.sites = {{"JEAN ZAY E", "C1", SchoolKind::elementary},
                 {"JEAN ZAY M", "C2", SchoolKind::nursery},
                 {"LE BAUT", "C3", SchoolKind::both},
                 {"SULLY", "C4", SchoolKind::both},
                 {"MOLIERE", "C5", SchoolKind::nursery}};
  return known;
}

Draft draft(std::string_view csv, const Answers& answers = {}, const Known& known = small_town()) {
  return draft_of(parse_csv(csv).value(), answers, known);
}

const Notice* notice(const Draft& draft, Notice::Kind kind) {
  const auto found = std::find_if(draft.notices.begin(), draft.notices.end(), [&](const Notice& each) { return each.kind == kind; });
  return found == draft.notices.end() ? nullptr : &*found;
}

std::string key(const Draft& draft, std::string_view name) {
  for (const Spelling& spelling : draft.spellings) {
    if (spelling.name.name == name) return spelling.key;
  }
  return "";
}

}  // namespace

TEST_CASE("a plain file of known canteens is ready, its rows kept by canteen and day") {
  const Draft read = draft("date,cantine,servis,commandes\n2017-09-05,SULLY,12,15\n2017-09-04,SULLY,10,\n2017-09-04,Le Baut,30,32\n");
  CHECK(read.ready());
  CHECK(read.notices.empty());
  REQUIRE(read.entries.size() == 3);
  CHECK(read.places[read.entries[0].place].known == std::size_t{3});
  CHECK(read.entries[0].day == day_of({2017, 9, 4}));
  CHECK(read.entries[0].meals == Recorded{10, std::nullopt});
}

TEST_CASE("a business export: guest categories are kept and summed, snacks left out") {
  const Draft read = draft(
      "DATPLGPRESAT;NOMSAT;LIBPRE;LIBCON;TOTEFFREE;TOTEFFPREV\n"
      "2017-09-04;JEAN ZAY E;DEJEUNER;1MATER.;20;22\n"
      "2017-09-04;JEAN ZAY E;DEJEUNER;3PRIMAIRE;100;110\n"
      "2017-09-04;JEAN ZAY E;DEJEUNER;4ADULTE;6;6\n"
      "2017-09-04;JEAN ZAY E;GOUTER;3PRIMAIRE;40;40\n");
  REQUIRE(read.entries.size() == 1);
  CHECK(read.entries[0].meals == Recorded{126, 138});
  REQUIRE(read.entries[0].guests.size() == 3);
  CHECK(read.entries[0].guests[2].category == "4ADULTE");
  CHECK(read.entries[0].guests[2].meals == Recorded{6, 6});
  CHECK(read.categories == std::vector<std::string>{"1MATER.", "3PRIMAIRE", "4ADULTE"});
  CHECK(read.ready());
}

TEST_CASE("days that are not ISO are asked before anything is imported") {
  const char* csv = "date,cantine,servis\n04/09/2017,SULLY,10\n05/09/2017,SULLY,12\n";
  const Draft asked = draft(csv);
  CHECK_FALSE(asked.ready());
  CHECK(notice(asked, Notice::Kind::days) != nullptr);
  Answers answers;
  answers.day_form = DayForm::day_first;
  const Draft answered = draft(csv, answers);
  CHECK(answered.ready());
  CHECK(answered.entries[0].day == day_of({2017, 9, 4}));
  answers.day_form = DayForm::month_first;  // the wrong answer shows: the 9th of April and the 9th of May are read
  CHECK(draft(csv, answers).entries[1].day == day_of({2017, 5, 9}));
}

TEST_CASE("a name that may be two canteens, or none, is asked; the answer is followed") {
  const char* csv = "date,cantine,servis\n2017-09-04,JEAN ZAY,10\n2017-09-04,École neuve,12\n2017-09-04,SULLY,14\n";
  const Draft asked = draft(csv);
  REQUIRE(notice(asked, Notice::Kind::spellings) != nullptr);
  CHECK(notice(asked, Notice::Kind::spellings)->count == 2);
  CHECK(asked.entries.size() == 1);  // those of Sully
  Answers answers;
  answers.spellings[key(asked, "JEAN ZAY")] = {Target::Kind::known, "C1"};
  answers.spellings[key(asked, "École neuve")] = {Target::Kind::create, {}};
  const Draft answered = draft(csv, answers);
  CHECK(answered.ready());
  CHECK(answered.entries.size() == 3);
  CHECK(std::count_if(answered.places.begin(), answered.places.end(), [](const Place& place) { return !place.known; }) == 1);
  answers.spellings[key(asked, "École neuve")] = {Target::Kind::left_out, {}};
  CHECK(draft(csv, answers).entries.size() == 2);
  answers.spellings[key(asked, "École neuve")] = {Target::Kind::like, key(asked, "École neuve")};  // a circle answers nothing
  CHECK_FALSE(draft(csv, answers).ready());
}

TEST_CASE("what was answered for another file is not asked again") {
  Known known = small_town();
  const char* csv = "date,cantine,servis\n2017-09-04,Annexe,10\n";
  CHECK_FALSE(draft(csv, {}, known).ready());
  known.spellings[key(draft(csv, {}, known), "Annexe")] = {Target::Kind::known, "C5"};
  const Draft read = draft(csv, {}, known);
  CHECK(read.ready());
  CHECK(read.spellings[0].source == Spelling::Source::before);
}

TEST_CASE("the first file of a commune creates its canteens, spellings that look alike are asked") {
  const Draft read = draft(
      "date,cantine,servis\n2017-09-04,GEORGES SAND,10\n2017-09-05,GEORGES SAND,10\n2017-09-07,GEORGE SAND,11\n"
      "2017-09-04,Molière,20\n2017-09-05,MOLIERE,21\n",
      {}, empty_commune());
  CHECK(read.places.size() == 2);
  REQUIRE(notice(read, Notice::Kind::spellings) != nullptr);
  CHECK(notice(read, Notice::Kind::spellings)->count == 1);  // « GEORGE SAND »
}

TEST_CASE("negative, absurd, fractional and future counts are told with their line") {
  const char* csv =
      "date,cantine,servis\n2017-09-04,SULLY,-3\n2017-09-05,SULLY,90000\n2017-09-07,SULLY,1.5\n2017-10-02,SULLY,12\n"
      "2017-09-08,SULLY,douze\nhier,SULLY,3\n2017-09-11,SULLY,\"1 041,0\"\n";
  const Draft read = draft(csv);
  Answers answers;
  answers.day_form = DayForm::iso;
  const Draft asked = draft(csv, answers);
  REQUIRE(notice(asked, Notice::Kind::faulty) != nullptr);
  CHECK(notice(asked, Notice::Kind::faulty)->count == 6);
  CHECK(notice(asked, Notice::Kind::faulty)->examples[0] == "ligne 2\u00a0: -3 repas\u00a0: un nombre ne peut pas être négatif.");
  CHECK_FALSE(asked.ready());
  answers.faulty = Faulty::leave_out;
  const Draft left = draft(csv, answers);
  CHECK(left.ready());
  REQUIRE(left.entries.size() == 1);
  CHECK(left.entries[0].meals.served == 1041);
}

TEST_CASE("the same row twice is one; two different rows are asked") {
  const char* twice = "date,cantine,servis\n2017-09-04,SULLY,10\n2017-09-04,SULLY,10\n";
  CHECK(draft(twice).ready());
  CHECK(draft(twice).entries[0].meals.served == 10);
  CHECK(notice(draft(twice), Notice::Kind::repeated)->count == 1);
  const char* other = "date,cantine,servis\n2017-09-04,SULLY,10\n2017-09-04,SULLY,14\n";
  CHECK_FALSE(draft(other).ready());
  Answers answers;
  for (const auto& [answer, meals] : {std::pair(SameDay::add, 24), std::pair(SameDay::first, 10), std::pair(SameDay::last, 14)}) {
    answers.same_day = answer;
    CHECK(draft(other, answers).ready());
    CHECK(draft(other, answers).entries[0].meals.served == meals);
  }
}

TEST_CASE("two names of one canteen on one day are asked, even with the same numbers") {
  Answers answers;
  const char* csv = "date,cantine,servis\n2017-09-04,SULLY,10\n2017-09-04,Sully annexe,10\n";
  answers.spellings[key(draft(csv), "Sully annexe")] = {Target::Kind::known, "C4"};
  CHECK(notice(draft(csv, answers), Notice::Kind::same_day)->count == 1);
  answers.same_day = SameDay::add;
  CHECK(draft(csv, answers).entries[0].meals.served == 20);
}

TEST_CASE("what is recorded otherwise is asked, what is recorded so is dropped, an empty cell erases nothing") {
  Known known = small_town();
  known.recorded = [](std::size_t, forecast::Day day) { return day == day_of({2017, 9, 4}) ? Recorded{10, 15} : Recorded{}; };
  CHECK(notice(draft("date,cantine,servis\n2017-09-04,SULLY,10\n", {}, known), Notice::Kind::nothing) != nullptr);
  const char* csv = "date,cantine,servis\n2017-09-04,SULLY,11\n2017-09-05,SULLY,12\n";
  CHECK_FALSE(draft(csv, {}, known).ready());
  Answers answers;
  answers.differs = Differs::replace;
  CHECK(draft(csv, answers, known).entries[0].meals == Recorded{11, 15});
  answers.differs = Differs::keep;
  CHECK(draft(csv, answers, known).entries.size() == 1);
}

TEST_CASE("the file of another town is doubted") {
  std::string csv = "date,cantine,servis\n";
  for (const char* name : {"Pasteur", "Curie", "Ampère", "Hugo", "Zola", "Sully"}) csv += "2017-09-04," + std::string(name) + ",10\n";
  CHECK(notice(draft(csv), Notice::Kind::other_town) != nullptr);
  Answers answers;
  answers.our_town = true;
  CHECK(notice(draft(csv, answers), Notice::Kind::other_town) == nullptr);
}

TEST_CASE("weekends are doubted, missing columns asked") {
  CHECK(notice(draft("date,cantine,servis\n2017-09-02,SULLY,10\n"), Notice::Kind::weekend)->count == 1);
  const Draft unknown = draft("quand,où,combien\n2017-09-04,SULLY,10\n");
  REQUIRE(notice(unknown, Notice::Kind::columns) != nullptr);
  Answers answers;
  answers.columns = Columns{FileKind::attendance, {Role::day, Role::site, Role::served}};
  CHECK(draft("quand,où,combien\n2017-09-04,SULLY,10\n", answers).ready());
}

TEST_CASE("enrolment, menus") {
  const Draft enrolment = draft("cantine,annee_scolaire,effectif\nSULLY,2016-2017,120\nSULLY,2017-2018,125\n");
  REQUIRE(enrolment.enrolment.size() == 2);
  CHECK(enrolment.enrolment[1].school_year == 2017);
  CHECK(enrolment.enrolment[1].children == 125);
  const Draft menus = draft("date,plat\n2017-09-05,Riz\n2017-09-04,Colin\n2017-09-04,Colin\n");
  REQUIRE(menus.menus.size() == 2);
  CHECK(menus.menus[0].dish == "Colin");
}

TEST_CASE("the ministry's holidays: the day lessons begin again is open, the summer goes to the next return") {
  const Draft read = draft(
      "Description;Population;Date de début;Date de fin;Académies;Zones\n"
      "Vacances de la Toussaint;-;2017-10-20T22:00:00+00:00;2017-11-05T23:00:00+00:00;Nantes;Zone B\n"
      "Prérentrée des enseignants;Enseignants;2018-08-31;2018-08-31;Nantes;Zone B\n"
      "Début des vacances d'été;Élèves;2018-07-07;2018-07-07;Nantes;Zone B\n"
      "Rentrée scolaire des élèves;Élèves;2018-09-03;2018-09-03;Nantes;Zone B\n");
  REQUIRE(read.holidays.size() == 2);
  CHECK(read.ready());
  CHECK(read.holidays[0].zone == "B");
  CHECK(read.holidays[0].first == day_of({2017, 10, 21}));
  CHECK(read.holidays[0].last == day_of({2017, 11, 5}));
  CHECK(read.holidays[1].first == day_of({2018, 7, 7}));
  CHECK(read.holidays[1].last == day_of({2018, 9, 2}));
}
