#include "db/sqlite/failure.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <string>

namespace beffroi::db::sqlite {

namespace {

// A file that may not grow (quota, limit of the service) is a full disk for the person who must act.
bool is_full(int answer, sqlite3* connection) {
  if ((answer & 0xff) == SQLITE_FULL) return true;
  if ((answer & 0xff) != SQLITE_IOERR || connection == nullptr) return false;
  const int reason = sqlite3_system_errno(connection);
  return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

}  // namespace

tl::unexpected<Error> failure(int answer, std::string_view where, sqlite3* connection) {
  const char* said = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(answer);
  const std::string detail = fmt::format("sqlite {} ({}): {}", answer, where, said);
  if (is_full(answer, connection)) {
    return fail(
        Code::storage,
        fmt::format("Le disque est plein\u00a0: libérez de la place pour «\u00a0{}\u00a0» puis recommencez, rien n’a été perdu.", where),
        detail);
  }
  switch (answer & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fail(Code::busy, fmt::format("«\u00a0{}\u00a0» est occupé par une autre opération\u00a0: réessayez dans un instant.", where),
                  detail);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      return fail(Code::storage,
                  fmt::format("Impossible d’ouvrir ou d’écrire «\u00a0{}\u00a0»\u00a0: vérifiez le dossier et les droits.", where), detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fail(Code::storage,
                  fmt::format("«\u00a0{}\u00a0» est abîmé ou n’est pas une base\u00a0: restaurez une sauvegarde ou réimportez.", where),
                  detail);
    case SQLITE_IOERR:
      return fail(Code::storage, fmt::format("Le disque a refusé une lecture ou une écriture de «\u00a0{}\u00a0».", where), detail);
    case SQLITE_TOOBIG: return fail(Code::too_large, fmt::format("Une donnée est trop grande pour «\u00a0{}\u00a0».", where), detail);
    case SQLITE_CONSTRAINT:
      return fail(Code::conflict, fmt::format("«\u00a0{}\u00a0» a refusé une donnée qui contredit celles qui y sont déjà.", where), detail);
    default: return fail(Code::internal, fmt::format("«\u00a0{}\u00a0» n’a pas pu être lu ou écrit.", where), detail);
  }
}

}  // namespace beffroi::db::sqlite
