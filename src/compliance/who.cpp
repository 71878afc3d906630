#include "compliance/who.h"

#include <utility>

namespace beffroi::compliance {

audit::Who who_of(const people::Visitor& visitor) {
  switch (visitor.kind) {
    case people::Visitor::Kind::person: return {audit::Actor::person, visitor.id};
    case people::Visitor::Kind::key: return {audit::Actor::key, visitor.id};
    case people::Visitor::Kind::anonymous: break;
  }
  return {audit::Actor::anonymous, ""};
}

audit::Entry entry_of(const people::Visitor& visitor, audit::Action action, std::string object) {
  audit::Entry entry;
  entry.who = who_of(visitor);
  entry.action = action;
  entry.object = std::move(object);
  return entry;
}

}  // namespace beffroi::compliance
