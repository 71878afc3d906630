#include "proc/supervisor_core.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace beffroi::proc {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLastWords{500};  // between the end of the channel and the end of the process
constexpr milliseconds kShortestTick{10};
constexpr milliseconds kLongestTick{250};

// « 0,4 s », « 12 s ».
std::string seconds(milliseconds time) {
  const auto tenths = (time.count() + 50) / 100;
  return tenths < 100 && tenths % 10 != 0 ? fmt::format("{},{}\u00a0s", tenths / 10, tenths % 10)
                                          : fmt::format("{}\u00a0s", (time.count() + 500) / 1000);
}

Error interrupted(const SupervisorOptions& options, const std::string& reason) {
  return {Code::unavailable, fmt::format("La réponse a été interrompue ({}\u00a0: {}). Recommencez dans un instant.", options.name, reason),
          "child ended during an exchange"};
}

// The pause after so many deaths in a row, from 1.
milliseconds pause_after(int deaths, const SupervisorOptions& options) {
  milliseconds pause = options.first_pause;
  for (int i = 1; i < deaths && pause < options.longest_pause; ++i) pause *= 2;
  return std::min(pause, options.longest_pause);
}

// How a child whose channel closed ended.
std::string end_of(Child& running, milliseconds grace) {
  if (const auto exit = running.wait(kLastWords)) return exit->in_words();
  running.kill(grace);
  return "liaison coupée sans s’arrêter\u00a0: arrêté de force";
}

}  // namespace

void Mailbox::fail_with(Error error) {
  if (!fault && !ended) fault = std::move(error);
  changed.notify_all();
}

void Supervisor::Core::keep(const std::stop_token& stop) {
  while (wait_for_its_time(stop)) {
    Result<Child> born = Child::start(options.command, options.max_frame_bytes);
    if (!born) {
      bury({born.error().message + (born.error().detail.empty() ? "" : " (" + born.error().detail + ")")});
      continue;
    }
    const auto running = std::make_shared<Child>(*std::move(born));
    {
      const std::lock_guard lock(mutex);
      child = running;
      ++starts;
      started_at_ = Clock::now();
    }
    const Ending ending = live(*running, stop);
    running->kill(options.grace);
    if (stop.stop_requested()) break;
    bury(ending);
  }
  close();
}

bool Supervisor::Core::wait_for_its_time(const std::stop_token& stop) {
  std::unique_lock lock(mutex);
  if (!changed.wait(lock, stop, [this] { return wanted; })) return false;
  while (Clock::now() < next_try) {
    changed.wait_until(lock, stop, next_try, [this] { return Clock::now() >= next_try; });
    if (stop.stop_requested()) return false;
  }
  phase = Phase::starting;
  refused = false;
  changed.notify_all();
  return !stop.stop_requested();
}

Supervisor::Core::Ending Supervisor::Core::live(Child& running, const std::stop_token& stop) {
  const milliseconds tick = std::clamp(std::min(options.silence_limit, options.start_limit) / 4, kShortestTick, kLongestTick);
  while (true) {
    const auto frame = running.channel().receive(Wait::at_most(tick, stop));
    if (frame) {
      auto message = decode(*frame);
      if (!message) return {"réponse incompréhensible\u00a0: arrêté de force"};
      if (auto ending = take(*std::move(message))) return *std::move(ending);
    } else if (frame.error().code == Code::too_large) {
      return {"réponse plus longue que permis\u00a0: arrêté de force"};
    } else if (frame.error().code == Code::unavailable) {
      return {end_of(running, options.grace)};
    } else if (frame.error().code == Code::cancelled) {
      return {"arrêt demandé"};
    }
    if (auto ending = look_at_clocks(running)) return *std::move(ending);
  }
}

// Nothing while all is well.
std::optional<Supervisor::Core::Ending> Supervisor::Core::take(Message message) {
  const std::lock_guard lock(mutex);
  if (message.kind == Kind::ready && phase == Phase::starting) {
    phase = Phase::ready;
    ready_at_ = Clock::now();
    changed.notify_all();
    log::info("child ready", {{"role", options.name}});
    return std::nullopt;
  }
  if (message.kind == Kind::fault && message.exchange == 0) return Ending{decode_error(message.body).message, true};
  const bool of_an_answer =
      message.kind == Kind::part || message.kind == Kind::alive || message.kind == Kind::end || message.kind == Kind::fault;
  if (!of_an_answer || message.exchange == 0 || message.exchange >= next_exchange) {
    return Ending{"réponse incompréhensible\u00a0: arrêté de force"};
  }
  const auto found = open.find(message.exchange);
  if (found == open.end()) return std::nullopt;
  const std::shared_ptr<Mailbox> box = found->second;
  if (message.kind == Kind::end || message.kind == Kind::fault) open.erase(found);
  hear(*box, std::move(message));
  return std::nullopt;
}

void Supervisor::Core::hear(Mailbox& box, Message message) {
  box.last_heard = Clock::now();
  if (message.kind == Kind::fault) return box.fail_with(decode_error(message.body));
  if (message.kind == Kind::end) box.ended = true;
  if (message.kind == Kind::part && !box.abandoned) {
    box.unread_bytes += message.body.size();
    box.parts.push_back(std::move(message.body));
    if (box.unread_bytes > options.max_unread_bytes) {
      box.parts.clear();
      box.abandoned = true;
      box.fail_with({Code::too_large, "La réponse est plus longue que permis.", "unread parts over the limit"});
    }
  }
  box.changed.notify_all();
}

std::optional<Supervisor::Core::Ending> Supervisor::Core::look_at_clocks(Child& running) {
  const std::lock_guard lock(mutex);
  const auto now = Clock::now();
  if (phase == Phase::starting && now - started_at_ > options.start_limit) {
    return Ending{fmt::format("pas prêt après {}\u00a0: arrêté de force", seconds(options.start_limit))};
  }
  for (auto& [number, box] : open) {
    if (now - box->last_heard > options.silence_limit) {
      return Ending{fmt::format("aucun signe depuis {}\u00a0: arrêté de force", seconds(options.silence_limit))};
    }
    if (box->abandoned && !box->told_to_stop) {
      box->told_to_stop = running.channel().send(encode(Kind::stop, number), Wait::at_most(milliseconds(0))).has_value();
    }
  }
  return std::nullopt;
}

// The child is gone: says so to whoever waited for it, and sets the time of the next try.
void Supervisor::Core::bury(const Ending& ending) {
  const std::lock_guard lock(mutex);
  const auto now = Clock::now();
  if (phase == Phase::ready && now - ready_at_ >= options.lived_well) deaths = 0;
  ++deaths;
  phase = deaths >= options.max_deaths ? Phase::failed : Phase::backing_off;
  next_try = now + (phase == Phase::failed ? options.pause_after_failure : pause_after(deaths, options));
  last_reason = ending.reason;
  refused = ending.refused;
  child.reset();
  for (auto& [number, box] : std::exchange(open, {})) box->fail_with(interrupted(options, ending.reason));
  changed.notify_all();
  log::warn("child ended", {{"role", options.name}, {"reason", ending.reason}, {"deaths_in_a_row", std::to_string(deaths)}});
}

void Supervisor::Core::close() {
  const std::lock_guard lock(mutex);
  closed = true;
  phase = Phase::asleep;
  child.reset();
  for (auto& [number, box] : std::exchange(open, {})) box->fail_with(interrupted(options, "Beffroi s’arrête"));
  changed.notify_all();
}

SupervisorState Supervisor::Core::state_now() const {
  SupervisorState now{phase, child ? child->pid() : 0, starts, deaths, last_reason, std::nullopt};
  if (phase == Phase::backing_off || phase == Phase::failed) {
    now.next_try_in = std::max(milliseconds(0), std::chrono::ceil<milliseconds>(next_try - Clock::now()));
  }
  return now;
}

Error Supervisor::Core::unavailable_now() const {
  return {Code::unavailable, fmt::format("Service indisponible pour le moment ({}\u00a0: {}).", options.name, state_now().in_words()),
          "the child does not run"};
}

bool Supervisor::Core::hopeless_until(Clock::time_point deadline) const {
  if (phase == Phase::failed) return true;
  return phase == Phase::backing_off && (refused || next_try > deadline || next_try > Clock::now() + options.patience);
}

std::string SupervisorState::in_words() const {
  std::string words;
  switch (phase) {
    case Phase::asleep: words = "démarre à la première demande"; break;
    case Phase::starting: words = "démarrage en cours"; break;
    case Phase::ready: words = "en service"; break;
    case Phase::backing_off: words = "nouvel essai"; break;
    case Phase::failed: words = fmt::format("{} arrêts de suite, nouvel essai", deaths_in_a_row); break;
  }
  if (next_try_in) words += fmt::format(" dans {}", seconds(*next_try_in));
  if (!last_reason.empty()) words += fmt::format("\u00a0; dernier arrêt\u00a0: {}", last_reason);
  return words;
}

}  // namespace beffroi::proc
