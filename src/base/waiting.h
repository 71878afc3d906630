// A thread that waits for work done elsewhere (a model in another process or at another address) says so for as long as it lasts, and
// whoever lends the thread may let another one work meanwhile:
//
//   const Waiting elsewhere;
//   return model.write(request);
//
// Without anybody to listen it does nothing. Inside another Waiting of the same thread it adds nothing.
#pragma once

namespace beffroi {

class WaitListener {
 public:
  virtual ~WaitListener() = default;
  virtual void wait_begins() noexcept = 0;
  virtual void wait_ends() noexcept = 0;
};

// Who hears of the waits of this thread from now on; null: nobody. The listener outlives its being set.
void listen_to_waits_of_this_thread(WaitListener* listener) noexcept;

class Waiting {
 public:
  Waiting() noexcept;
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting();
};

}  // namespace beffroi
