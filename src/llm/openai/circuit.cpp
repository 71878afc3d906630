#include "llm/openai/circuit.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <utility>

namespace beffroi::llm::openai {

namespace {

// « 14 h 05 », in the time of the machine.
std::string hour_of(std::chrono::system_clock::time_point moment) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(moment);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return fmt::format("{}\u00a0h\u00a0{:02}\u00a0min\u00a0{:02}\u00a0s", local.tm_hour, local.tm_min, local.tm_sec);
}

}  // namespace

Circuit::Circuit(std::string name, Rules rules, Now now) : name_(std::move(name)), rules_(rules), now_(std::move(now)) {}

Result<Circuit::Pass> Circuit::enter() {
  const std::lock_guard lock(mutex_);
  if (!open_) return Pass{};
  if (probing_ || now_() < until_) return closed_door();
  probing_ = true;
  return Pass{.probe = true};
}

void Circuit::worked() {
  const std::lock_guard lock(mutex_);
  faults_ = 0;
  open_ = probing_ = false;
}

void Circuit::failed(Pass pass, std::string_view why) {
  const std::lock_guard lock(mutex_);
  if (pass.probe) probing_ = false;
  if (open_ && !pass.probe) return;  // it entered before the opening: nothing new
  if (faults_++ == 0) since_ = std::chrono::system_clock::now();
  why_ = why;
  if (pass.probe || faults_ >= rules_.faults) {
    open_ = true;
    until_ = now_() + rules_.rest;
  }
}

void Circuit::left(Pass pass) {
  const std::lock_guard lock(mutex_);
  if (pass.probe) probing_ = false;
}

Status Circuit::health() const {
  const std::lock_guard lock(mutex_);
  if (!open_) return {};
  return closed_door();
}

tl::unexpected<Error> Circuit::closed_door() const {
  const auto remaining = std::max(std::chrono::duration_cast<std::chrono::milliseconds>(until_ - now_()), std::chrono::milliseconds(0));
  const std::string next = probing_ || remaining.count() == 0
                               ? "un nouvel essai a lieu à la prochaine demande"
                               : fmt::format("pas de nouvel essai avant {}", hour_of(std::chrono::system_clock::now() + remaining));
  return fail(Code::unavailable,
              fmt::format("Le modèle distant {} ne répond plus depuis {} ({})\u00a0: {}.", name_, hour_of(since_), why_, next));
}

}  // namespace beffroi::llm::openai
