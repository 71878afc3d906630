#include "usecases/assistant/door.h"

#include <utility>

namespace beffroi::assistant {

http::Route route(const Entrance& entrance, http::Method method, std::string pattern, people::Right right, Action action) {
  return people::route(entrance.door, method, std::move(pattern), right,
                       [entrance, action](const people::Visitor& visitor, const http::Request& request) -> Result<http::Reply> {
                         Services services = BEFFROI_TRY(entrance.services(visitor));
                         services.door = entrance.door;
                         return action(services, request);
                       });
}

answers::Question asked_here(const Services& services, answers::Question question) {
  question.commune = services.commune;
  question.town_hall = services.town_hall;
  return question;
}

Error not_ready() {
  return {Code::unavailable, "La base officielle n’est pas encore prête. Recommencez dans un instant.", "no corpus loaded"};
}

}  // namespace beffroi::assistant
