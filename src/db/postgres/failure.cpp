#include "db/postgres/failure.h"

#include <fmt/format.h>

#include <string>

namespace beffroi::db::postgres {

namespace {

std::string_view field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text != nullptr ? text : "";
}

// The server is stopping, starting, or gone; or the way to it is.
bool is_away(std::string_view state) { return state.empty() || state.starts_with("08") || state.starts_with("57P"); }

bool is_wait(std::string_view state) {
  return state == "55P03" || state == "57014" || state == "40001" || state == "40P01" || state == "53300";
}

bool contradicts(std::string_view state) {
  return state.starts_with("23") || state == "22P02" || state == "22003" || state == "42804" || state == "25P02";
}

}  // namespace

Error failure(std::string_view state, std::string_view where, std::string detail) {
  const auto error = [&](Code code, std::string message) { return Error{code, std::move(message), std::move(detail)}; };
  if (is_wait(state)) {
    return error(Code::busy, fmt::format("«\u00a0{}\u00a0» est occupé par une autre opération\u00a0: réessayez dans un instant.", where));
  }
  if (is_away(state)) {
    return error(Code::unavailable,
                 "Le serveur PostgreSQL ne répond pas\u00a0: vérifiez qu’il est démarré et que l’adresse configurée est la bonne.");
  }
  if (contradicts(state)) {
    return error(Code::conflict, fmt::format("«\u00a0{}\u00a0» a refusé une donnée qui contredit celles qui y sont déjà.", where));
  }
  if (state == "53100") {
    return error(Code::storage,
                 "Le disque du serveur PostgreSQL est plein\u00a0: libérez-y de la place puis recommencez, rien n’a été perdu.");
  }
  if (state.starts_with("28")) {
    return error(Code::unavailable, "PostgreSQL refuse l’utilisateur ou le mot de passe\u00a0: vérifiez l’adresse configurée.");
  }
  if (state == "3D000")
    return error(Code::unavailable, "La base nommée dans l’adresse n’existe pas sur le serveur PostgreSQL\u00a0: créez-la.");
  if (state == "42501" || state == "25006") {
    return error(Code::storage, fmt::format("PostgreSQL ne permet pas d’écrire dans «\u00a0{}\u00a0»\u00a0: vérifiez les droits.", where));
  }
  if (state == "22021" || state == "22P05") return error(Code::bad_input, "Un texte n’est pas en UTF-8.");
  if (state.starts_with("54")) return error(Code::too_large, fmt::format("Une donnée est trop grande pour «\u00a0{}\u00a0».", where));
  if (state.starts_with("53")) return error(Code::unavailable, "Le serveur PostgreSQL manque de mémoire ou de place.");
  if (state.starts_with("58") || state.starts_with("XX")) {
    return error(Code::storage,
                 fmt::format("Le serveur PostgreSQL n’a pas pu lire ou écrire «\u00a0{}\u00a0»\u00a0: voyez son journal.", where));
  }
  return error(Code::internal, fmt::format("«\u00a0{}\u00a0» n’a pas pu être lu ou écrit.", where));
}

tl::unexpected<Error> failure(const PGresult* result, std::string_view where, const PGconn* connection) {
  const std::string_view state = PQstatus(connection) == CONNECTION_BAD ? "" : field(result, PG_DIAG_SQLSTATE);
  // Values of the data may stand in PostgreSQL's own sentences: only those about the statement's words are kept.
  const std::string_view said = state.starts_with("42") ? field(result, PG_DIAG_MESSAGE_PRIMARY) : "";
  return tl::unexpected(failure(state, where,
                                fmt::format("postgres {} ({}): {} {}", state.empty() ? "connection lost" : state, where,
                                            field(result, PG_DIAG_CONSTRAINT_NAME), said)));
}

}  // namespace beffroi::db::postgres
