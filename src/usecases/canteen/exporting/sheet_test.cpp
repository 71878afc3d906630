#include "usecases/canteen/exporting/sheet.h"

#include <doctest/doctest.h>
#include <zip.h>

#include <pugixml.hpp>

using namespace beffroi;
using namespace beffroi::canteen;

namespace {

Sheet orders() {
  return {"Commandes",
          {"Cantine", "Jour", "Repas", "Part"},
          {{std::string("Chêne d’Aron & <fils>"), DayCell{forecast::day_of({2018, 6, 21})}, 118.0, Share{0.8}},
           {std::string("=1+1"), std::monostate{}, 12.5, std::monostate{}}}};
}

std::string entry(zip_t* archive, const char* name) {
  zip_stat_t about;
  REQUIRE(zip_stat(archive, name, 0, &about) == 0);
  zip_file_t* file = zip_fopen(archive, name, 0);
  REQUIRE(file != nullptr);
  std::string out(about.size, '\0');
  CHECK(zip_fread(file, out.data(), out.size()) == static_cast<zip_int64_t>(out.size()));
  zip_fclose(file);
  return out;
}

}  // namespace

TEST_CASE("CSV for a French spreadsheet: semicolons, decimal commas, no formula") {
  CHECK(to_csv(orders()) ==
        "\xEF\xBB\xBF"
        "Cantine;Jour;Repas;Part\r\nChêne d’Aron & <fils>;2018-06-21;118;80\r\n'=1+1;;12,5;\r\n");
}

TEST_CASE("an OpenDocument sheet: its type first and stored, values typed") {
  const std::string bytes = to_ods({orders(), {"Vide & court", {"a"}, {}}}).value();
  // A reader tells the type from the first bytes: header of 30, the name « mimetype », the type itself.
  CHECK(bytes.substr(0, 4) == "PK\x03\x04");
  CHECK(bytes.substr(30, 8) == "mimetype");
  CHECK(bytes.substr(38, kOdsType.size()) == kOdsType);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  REQUIRE(archive != nullptr);
  zip_stat_t about;
  REQUIRE(zip_stat_index(archive, 0, 0, &about) == 0);
  CHECK(std::string(about.name) == "mimetype");
  CHECK(about.comp_method == ZIP_CM_STORE);
  pugi::xml_document manifest, content;
  const std::string listed = entry(archive, "META-INF/manifest.xml"), written = entry(archive, "content.xml");
  CHECK(manifest.load_string(listed.c_str()));
  REQUIRE(content.load_string(written.c_str()));
  zip_discard(archive);
  const auto sheets = content.child("office:document-content").child("office:body").child("office:spreadsheet");
  const auto table = sheets.child("table:table");
  CHECK(std::string(table.next_sibling().attribute("table:name").value()) == "Vide & court");
  const auto row = table.child("table:table-row").next_sibling();
  auto cell = row.child("table:table-cell");
  CHECK(std::string(cell.child("text:p").text().get()) == "Chêne d’Aron & <fils>");
  cell = cell.next_sibling();
  CHECK(std::string(cell.attribute("office:date-value").value()) == "2018-06-21");
  cell = cell.next_sibling();
  CHECK(std::string(cell.attribute("office:value-type").value()) == "float");
  CHECK(cell.attribute("office:value").as_double() == 118);
  cell = cell.next_sibling();
  CHECK(std::string(cell.attribute("office:value-type").value()) == "percentage");
  CHECK(cell.attribute("office:value").as_double() == doctest::Approx(0.8));
  CHECK(row.next_sibling().child("table:table-cell").next_sibling().attributes_begin() ==
        row.next_sibling().child("table:table-cell").next_sibling().attributes_end());
  CHECK(to_ods({orders()}).value() == to_ods({orders()}).value());
}
