// The door of every route: who is asking, and may they? A route is made here and nowhere else, with the right it needs; the server
// refuses to start with a route that names none.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/router.h"
#include "people/visitor.h"

namespace beffroi::people {

// Thread-safe.
class Door {
 public:
  virtual ~Door() = default;
  // The visitor, when they may. Code::unauthenticated: nobody is signed in, or what proves it is wrong or expired: never taken for the
  // public. Code::denied: signed in, without the right; or a form that did not come from our pages.
  [[nodiscard]] virtual Result<Visitor> admit(const http::Request& request, Right right) const = 0;
  // What is replied to who was not admitted: a problem, or the way to the page where one signs in.
  [[nodiscard]] virtual http::Reply turn_away(const http::Request& request, const Error& error) const;
};

// Errors of an action become problems; the reply to who was not admitted is the door's business.
using Action = std::function<Result<http::Reply>(const Visitor& visitor, const http::Request& request)>;

[[nodiscard]] http::Route route(std::shared_ptr<const Door> door, http::Method method, std::string pattern, Right right, Action action);

// A route that tells everybody the same and opens no commune's data: health, embedded files.
[[nodiscard]] http::Route open_route(http::Method method, std::string pattern, http::Handler handler);

}  // namespace beffroi::people
