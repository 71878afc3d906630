#include "usecases/assistant/door.h"

#include "http/problem.h"

namespace beffroi::assistant {

http::Handler handler(const Services& services, Action action) {
  return [services, action](const http::Request& request) -> http::Reply {
    auto reply = action(services, request);
    return reply ? *std::move(reply) : http::refusal(reply.error());
  };
}

Error not_ready() {
  return {Code::unavailable, "La base officielle n’est pas encore prête. Recommencez dans un instant.", "no corpus loaded"};
}

}  // namespace beffroi::assistant
