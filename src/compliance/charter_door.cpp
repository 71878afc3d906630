#include "compliance/charter_door.h"

#include <utility>

#include "compliance/charter.h"
#include "http/problem.h"
#include "people/address.h"

namespace beffroi::compliance {

namespace {

// The page that a form was sent from, when the browser tells: to come back there once the charter is accepted.
std::string sent_from(const http::Request& request) {
  std::string_view from = request.header("Referer");
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (from.starts_with(scheme)) from.remove_prefix(scheme.size());
  }
  const std::string_view host = request.header("Host");
  if (host.empty() || !from.starts_with(host)) return "/";
  return people::checked_address(from.substr(host.size()));
}

class CharterDoor final : public people::Door {
 public:
  CharterDoor(std::shared_ptr<const people::Door> door, Clock clock) : door_(std::move(door)), clock_(std::move(clock)) {}

  Result<people::Visitor> admit(const http::Request& request, people::Right right) const override {
    people::Visitor visitor = BEFFROI_TRY(door_->admit(request, right));
    if (right != people::Right::generate && right != people::Right::use_api) return visitor;
    if (BEFFROI_TRY(has_accepted(visitor, clock_()))) return visitor;
    return fail(Code::denied,
                visitor.kind == people::Visitor::Kind::key
                    ? "Le propriétaire de cette clé n’a pas accepté la charte d’usage en vigueur\u00a0: il la trouve à l’adresse /charte."
                    : "Acceptez d’abord la charte d’usage en vigueur, à l’adresse /charte.",
                std::string(kCharterNotAccepted));
  }

  http::Reply turn_away(const http::Request& request, const Error& error) const override {
    if (error.detail != kCharterNotAccepted) return door_->turn_away(request, error);
    if (http::speaks_json(request.path)) {
      http::Problem problem = http::problem_of(error);
      problem.code = kCharterNotAccepted;
      problem.title = "Charte à accepter";
      return http::refusal(std::move(problem));
    }
    const std::string next =
        request.method == http::Method::get ? people::checked_address(people::local_address(request)) : sent_from(request);
    return http::see_other(next == "/" ? "/charte" : "/charte?suite=" + http::percent_encoded(next));
  }

 private:
  const std::shared_ptr<const people::Door> door_;
  const Clock clock_;
};

}  // namespace

std::shared_ptr<const people::Door> charter_door(std::shared_ptr<const people::Door> door, Clock clock) {
  return std::make_shared<CharterDoor>(std::move(door), std::move(clock));
}

}  // namespace beffroi::compliance
