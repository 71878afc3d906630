#include "usecases/canteen/web/tasks.h"

#include <algorithm>
#include <utility>

namespace beffroi::canteen {

namespace {
constexpr std::ptrdiff_t kMostRunning = 2;  // each holds a core and some hundred megabytes
}

Tasks::~Tasks() {
  std::map<std::string, std::unique_ptr<Task>> ending;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [commune, task] : tasks_) task->thread.request_stop();
    std::swap(ending, tasks_);
    tasks_.clear();
  }
  for (const auto& [commune, task] : ending) {
    if (task->thread.joinable()) task->thread.join();
  }
}

Status Tasks::start(const std::string& commune, Work work) {
  const std::lock_guard lock(mutex_);
  const auto is_running = [](const auto& entry) { return entry.second->state.phase == TaskState::Phase::running; };
  const auto own = tasks_.find(commune);
  if (own != tasks_.end() && is_running(*own)) return fail(Code::busy, "Une prévision est déjà en cours.");
  if (std::count_if(tasks_.begin(), tasks_.end(), is_running) >= kMostRunning)
    return fail(Code::busy, "D’autres prévisions sont en cours sur ce serveur\u00a0: recommencez dans une minute.");
  if (own != tasks_.end()) {
    if (own->second->thread.joinable()) own->second->thread.join();  // it has ended
    tasks_.erase(own);
  }
  Task& task = *tasks_.emplace(commune, std::make_unique<Task>()).first->second;
  task.thread = std::jthread([this, commune, work = std::move(work)](const std::stop_token& stop) { run(commune, work, stop); });
  return {};
}

void Tasks::run(const std::string& commune, const Work& work, const std::stop_token& stop) {
  const auto change = [&](const std::function<void(TaskState&)>& how) {
    const std::lock_guard lock(mutex_);
    const auto found = tasks_.find(commune);
    if (found != tasks_.end()) how(found->second->state);
  };
  const auto result =
      work([&](int done, int total) { change([&](TaskState& state) { state.done = done, state.total = std::max(total, 1); }); }, stop);
  change([&](TaskState& state) {
    state.phase = result                                   ? TaskState::Phase::done
                  : result.error().code == Code::cancelled ? TaskState::Phase::stopped
                                                           : TaskState::Phase::failed;
    state.words = result ? *result : result.error().message;
    state.done = result ? state.total : state.done;
  });
}

void Tasks::stop(const std::string& commune) {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(commune);
  if (found != tasks_.end()) found->second->thread.request_stop();
}

std::optional<TaskState> Tasks::state(const std::string& commune) const {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(commune);
  if (found == tasks_.end()) return std::nullopt;
  return found->second->state;
}

}  // namespace beffroi::canteen
