#include "proc/supervisor.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "proc/supervisor_core.h"

namespace beffroi::proc {

namespace {

constexpr std::chrono::hours kForEver{24 * 365};  // what a condition variable can count to
constexpr std::chrono::milliseconds kToSayStop{50};

Clock::time_point bounded(Clock::time_point deadline) { return std::min(deadline, Clock::now() + kForEver); }

tl::unexpected<Error> gave_up(const Wait& wait) {
  if (wait.stop.stop_requested()) return fail(Code::cancelled, "L’opération a été arrêtée.");
  return fail(Code::timeout, "La réponse n’est pas venue à temps.");
}

}  // namespace

struct Exchange::State {
  std::shared_ptr<Supervisor::Core> core;
  std::shared_ptr<Child> child;
  std::shared_ptr<Mailbox> box;
  std::uint64_t number;
};

Exchange::Exchange(std::unique_ptr<State> state) : state_(std::move(state)) {}
Exchange::Exchange(Exchange&&) noexcept = default;

Exchange::~Exchange() {
  if (!state_) return;
  {
    const std::lock_guard lock(state_->core->mutex);
    Mailbox& box = *state_->box;
    if (box.ended || box.fault) return;
    box.abandoned = true;
    box.parts.clear();
    box.last_heard = Clock::now();  // from now on it has the silence limit to stop
  }
  // When this fails the keeper says it again, or the child is gone.
  const Status told = state_->child->channel().send(encode(Kind::stop, state_->number), Wait::at_most(kToSayStop));
  const std::lock_guard lock(state_->core->mutex);
  state_->box->told_to_stop = told.has_value();
}

Result<std::optional<std::string>> Exchange::next(const Wait& wait) {
  Mailbox& box = *state_->box;
  std::unique_lock lock(state_->core->mutex);
  const auto something = [&box] { return !box.parts.empty() || box.ended || box.fault; };
  if (!box.changed.wait_until(lock, wait.stop, bounded(wait.deadline), something)) return gave_up(wait);
  if (!box.parts.empty()) {
    std::string part = std::move(box.parts.front());
    box.parts.pop_front();
    box.unread_bytes -= part.size();
    return part;
  }
  if (box.fault) return tl::unexpected(*box.fault);
  return std::nullopt;
}

Supervisor::Supervisor(SupervisorOptions options)
    : core_(std::make_shared<Core>(std::move(options))), keeper_([core = core_](const std::stop_token& stop) { core->keep(stop); }) {}

Supervisor::~Supervisor() = default;

Result<Exchange> Supervisor::ask(std::string_view request, const Wait& wait) {
  std::unique_lock lock(core_->mutex);
  core_->wanted = true;
  core_->changed.notify_all();
  const auto decided = [&] { return core_->phase == Phase::ready || core_->closed || core_->hopeless_until(wait.deadline); };
  if (!core_->changed.wait_until(lock, wait.stop, bounded(wait.deadline), decided)) return gave_up(wait);
  if (core_->phase != Phase::ready) return tl::unexpected(core_->unavailable_now());

  const std::uint64_t number = core_->next_exchange++;
  const auto box = std::make_shared<Mailbox>();
  box->last_heard = Clock::now();
  core_->open[number] = box;
  const std::shared_ptr<Child> child = core_->child;
  lock.unlock();

  if (Status sent = child->channel().send(encode(Kind::ask, number, request), wait); !sent) {
    lock.lock();
    core_->open.erase(number);
    if (sent.error().code == Code::unavailable) return tl::unexpected(core_->unavailable_now());
    return tl::unexpected(sent.error());
  }
  return Exchange(std::make_unique<Exchange::State>(Exchange::State{core_, child, box, number}));
}

void Supervisor::wake() {
  const std::lock_guard lock(core_->mutex);
  core_->wanted = true;
  core_->changed.notify_all();
}

void Supervisor::retry() {
  const std::lock_guard lock(core_->mutex);
  core_->wanted = true;
  core_->deaths = 0;
  core_->refused = false;
  core_->next_try = Clock::now();
  if (core_->phase == Phase::failed) core_->phase = Phase::backing_off;
  core_->changed.notify_all();
}

SupervisorState Supervisor::state() const {
  const std::lock_guard lock(core_->mutex);
  return core_->state_now();
}

Status Supervisor::health() const {
  const std::lock_guard lock(core_->mutex);
  switch (core_->phase) {
    case Phase::asleep:
    case Phase::ready: return {};
    case Phase::starting: return fail(Code::busy, fmt::format("{}\u00a0: {}.", core_->options.name, core_->state_now().in_words()));
    default: return tl::unexpected(core_->unavailable_now());
  }
}

}  // namespace beffroi::proc
