#include "base/waiting.h"

namespace beffroi {

namespace {

thread_local WaitListener* listener_of_this_thread = nullptr;
thread_local int depth = 0;

}  // namespace

void listen_to_waits_of_this_thread(WaitListener* listener) noexcept { listener_of_this_thread = listener; }

Waiting::Waiting() noexcept {
  if (depth++ == 0 && listener_of_this_thread != nullptr) listener_of_this_thread->wait_begins();
}

Waiting::~Waiting() {
  if (--depth == 0 && listener_of_this_thread != nullptr) listener_of_this_thread->wait_ends();
}

}  // namespace beffroi
