// One request let in by the quotas: what it may spend, the headers that say what is left, and what it cost in the end.
#pragma once

#include <cstdint>
#include <memory>

#include "http/message.h"
#include "people/visitor.h"
#include "usecases/gateway/gateway.h"
#include "usecases/gateway/quota.h"

namespace beffroi::gateway {

class Ticket {
 public:
  // What makes a machine work (tokens above 0) takes a place in the crowd too. Otherwise the reply to give: 429 with the time to wait, or
  // the fault of the database (nothing is let in uncounted).
  [[nodiscard]] static tl::expected<std::shared_ptr<Ticket>, http::Reply> take(const Services& services, const people::Visitor& visitor,
                                                                               std::int64_t tokens = 0);
  Ticket(const Services& services, people::Visitor visitor, Wanted wanted, Taken taken);
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket();  // nothing spent: what was reserved is given back

  // X-RateLimit-Limit-Requests and its five sisters.
  void write_headers(http::Reply& reply) const;
  // Counts what the engine said: in the quotas and in metering. An upstream that did not say costs what was reserved.
  void spend(std::string_view service, const llm::Usage& usage);

 private:
  const Services services_;
  const people::Visitor visitor_;
  const Wanted wanted_;
  const Taken taken_;
  const std::int64_t taken_ms_;
  std::shared_ptr<const Crowd::Place> place_;
  bool settled_ = false;
};

}  // namespace beffroi::gateway
