#include "app/signals.h"

#include <pthread.h>

#include <condition_variable>
#include <csignal>
#include <ctime>
#include <mutex>

namespace beffroi::app {

namespace {
sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}
}  // namespace

StopOnSignal::StopOnSignal() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  waiter_ = std::jthread([this, set](const std::stop_token& leave) {
    const timespec patience{0, 200'000'000};
    while (!leave.stop_requested()) {
      if (sigtimedwait(&set, nullptr, &patience) > 0) {
        source_.request_stop();
        return;
      }
    }
  });
}

StopOnSignal::~StopOnSignal() {
  waiter_.request_stop();
  waiter_.join();
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void StopOnSignal::wait() const {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait(lock, token(), [] { return false; });
}

}  // namespace beffroi::app
