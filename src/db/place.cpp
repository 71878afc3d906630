#include "db/place.h"

#include <algorithm>
#include <utility>

namespace beffroi::db {

namespace {

constexpr std::size_t kMaxNameBytes = 63;  // PostgreSQL cuts longer names, and two could become one

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

bool names_a_schema(const std::string& name) {
  return !name.empty() && name.size() <= kMaxNameBytes && is_letter(name.front()) && !name.starts_with("pg_") &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

Place Place::file(std::filesystem::path path) {
  Place place;
  place.path_ = std::move(path);
  return place;
}

Result<Place> Place::schema(Server server, std::string schema) {
  if (!names_a_schema(schema)) {
    return fail(Code::invalid_argument,
                "Le nom du schéma PostgreSQL n’est pas valide\u00a0: minuscules sans accent, chiffres et tirets bas, une lettre d’abord.");
  }
  if (!server.url.starts_with("postgresql://") && !server.url.starts_with("postgres://")) {
    return fail(Code::invalid_argument, "L’adresse de la base PostgreSQL doit commencer par «\u00a0postgresql://\u00a0».");
  }
  if (server.connections < 1) return fail(Code::invalid_argument, "Il faut au moins une connexion à la base PostgreSQL.");
  Place place;
  place.engine_ = Engine::postgres;
  place.server_ = std::move(server);
  place.schema_ = std::move(schema);
  return place;
}

std::string Place::name() const { return engine_ == Engine::sqlite ? path_.string() : schema_; }

}  // namespace beffroi::db
