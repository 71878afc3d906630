#include "people/door.h"

#include <utility>

#include "http/problem.h"

namespace beffroi::people {

http::Reply Door::turn_away(const http::Request&, const Error& error) const { return http::refusal(error); }

http::Route route(std::shared_ptr<const Door> door, http::Method method, std::string pattern, Right right, Action action) {
  http::Route made;
  made.method = method;
  made.pattern = std::move(pattern);
  made.right = name_of(right);
  made.handler = [door = std::move(door), right, action = std::move(action)](const http::Request& request) -> http::Reply {
    const auto visitor = door->admit(request, right);
    if (!visitor) return door->turn_away(request, visitor.error());
    auto reply = action(*visitor, request);
    return reply ? *std::move(reply) : http::refusal(reply.error());
  };
  return made;
}

http::Route open_route(http::Method method, std::string pattern, http::Handler handler) {
  http::Route made;
  made.method = method;
  made.pattern = std::move(pattern);
  made.right = name_of(Right::open);
  made.handler = std::move(handler);
  return made;
}

}  // namespace beffroi::people
