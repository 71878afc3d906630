#include "db/postgres/session.h"

namespace beffroi::db::postgres {

Result<std::unique_ptr<Session>> open(const Place&, const OpenOptions&) {
  return fail(Code::unavailable, "PostgreSQL n’est pas encore pris en charge.");
}

}  // namespace beffroi::db::postgres
