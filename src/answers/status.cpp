#include "answers/answer.h"

namespace beffroi::answers {

std::string_view name_of(Status status) {
  switch (status) {
    case Status::answered: return "answered";
    case Status::partial: return "partial";
    case Status::needs_precision: return "needs_precision";
    case Status::not_found: return "not_found";
    case Status::out_of_scope: return "out_of_scope";
    case Status::needs_human: return "needs_human";
    case Status::refused: return "refused";
    case Status::busy: return "busy";
    case Status::error: break;
  }
  return "error";
}

}  // namespace beffroi::answers
