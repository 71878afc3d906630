#include "usecases/canteen/importing/columns.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;

TEST_CASE("a business export is told by the names of its columns") {
  const Columns columns = guess_columns({"DATPLGPRESAT", "NOMSAT", "LIBPRE", "LIBCON", "TOTEFFREE", "TOTEFFPREV"});
  CHECK(columns.kind == FileKind::attendance);
  CHECK(columns.roles == std::vector{Role::day, Role::site, Role::meal, Role::category, Role::served, Role::ordered});
  CHECK(fault_of(columns).empty());
}

TEST_CASE("accents, case and spaces do not count; what tells nothing is not read") {
  const Columns columns = guess_columns({"Date", "site_nom", "Site type", "Prévision", "réel", "commentaire"});
  CHECK(columns.roles == std::vector{Role::day, Role::site, Role::site_kind, Role::ordered, Role::served, Role::ignored});
}

TEST_CASE("menus, enrolment and the ministry's holidays are told apart") {
  CHECK(guess_columns({"date", "rang", "plat"}).kind == FileKind::menus);
  CHECK(guess_columns({"Cantine", "Année scolaire", "Effectif"}).kind == FileKind::enrolment);
  const Columns ministry =
      guess_columns({"Description", "Population", "Date de début", "Date de fin", "Académies", "Zones", "annee_scolaire"});
  CHECK(ministry.kind == FileKind::holidays);
  CHECK(fault_of(ministry).empty());
}

TEST_CASE("what is missing or twice there is said") {
  CHECK(fault_of(guess_columns({"date", "nombre"})).find("nom de la cantine ou code de la cantine") != std::string::npos);
  CHECK(fault_of({FileKind::menus, {Role::day, Role::day, Role::dish}}).find("Deux colonnes") != std::string::npos);
  CHECK(fault_of({FileKind::menus, {Role::day, Role::served, Role::dish}}).find("n’a pas sa place") != std::string::npos);
}

TEST_CASE("words are stable both ways") {
  CHECK(role_of(word_of(Role::site_kind)) == Role::site_kind);
  CHECK(file_kind(word_of(FileKind::holidays)) == FileKind::holidays);
  CHECK_FALSE(role_of("n’importe quoi").has_value());
}
