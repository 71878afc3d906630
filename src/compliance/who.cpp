#include "compliance/who.h"

namespace beffroi::compliance {

audit::Who who_of(const people::Visitor& visitor) {
  switch (visitor.kind) {
    case people::Visitor::Kind::person: return {audit::Actor::person, visitor.id};
    case people::Visitor::Kind::key: return {audit::Actor::key, visitor.id};
    case people::Visitor::Kind::anonymous: break;
  }
  return {audit::Actor::anonymous, ""};
}

}  // namespace beffroi::compliance
