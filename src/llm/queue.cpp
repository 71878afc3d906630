#include "llm/queue.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/last_seen.h"

namespace beffroi::llm {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::hours kLongestWait{24 * 365};  // what a condition variable can count to
constexpr std::size_t kClasses = 3;

struct Waiter {
  const std::string& commune;
  std::size_t rank;                    // 0 voice, 1 chat, 2 batch
  bool listens;                        // wants to know its place
  bool granted = false;
  bool pushed_out = false;
  bool moved = false;                  // its place may have changed
  std::condition_variable_any changed{};
};

// Those of one commune, in one class, in order of arrival.
struct Line {
  std::string commune;
  std::deque<Waiter*> waiters;
};

// One class of priority: a ring of communes, each with someone waiting. The front one has the next turn.
struct Class {
  std::list<Line> ring;
  int passed_over = 0;

  std::list<Line>::iterator line_of(const std::string& commune) {
    return std::find_if(ring.begin(), ring.end(), [&](const Line& line) { return line.commune == commune; });
  }
  std::list<Line>::iterator longest() {
    return std::max_element(ring.begin(), ring.end(), [](const Line& a, const Line& b) { return a.waiters.size() < b.waiters.size(); });
  }
  void add(Waiter& waiter) {
    auto line = line_of(waiter.commune);
    if (line == ring.end()) line = ring.insert(ring.end(), Line{waiter.commune, {}});
    line->waiters.push_back(&waiter);
  }
  void remove(Waiter& waiter) {
    const auto line = line_of(waiter.commune);
    std::erase(line->waiters, &waiter);
    if (line->waiters.empty()) ring.erase(line);
    if (ring.empty()) passed_over = 0;
  }
  Waiter& take_next(std::list<Line>::iterator line) {
    Waiter& next = *line->waiters.front();
    line->waiters.pop_front();
    if (line->waiters.empty()) ring.erase(line);
    else ring.splice(ring.end(), ring, line);
    return next;
  }
};

tl::unexpected<Error> full() {
  return fail(Code::busy, "Trop de demandes attendent déjà le modèle de langue\u00a0: recommencez dans un instant.", "queue full");
}

}  // namespace

struct Queue::Lines {
  mutable std::mutex mutex;
  const int slots;
  const int max_waiting;
  const Clock::duration recent;
  int free;
  int waiting = 0;
  std::array<Class, kClasses> classes;
  std::map<std::string, int, std::less<>> held;  // slots, by commune
  LastSeen communes;

  Lines(int slot_count, int waiting_limit, Clock::duration how_recent)
      : slots(slot_count), max_waiting(waiting_limit), recent(how_recent), free(slot_count) {}

  // Whether the commune may have one more of the free slots.
  [[nodiscard]] bool may_hold(const std::string& commune) const {
    if (free == 0) return false;
    if (!communes.another_than(commune, recent)) return true;
    const auto own = held.find(commune);
    return own == held.end() || own->second < std::max(1, slots - 1);
  }

  void hold(const std::string& commune) {
    --free;
    ++held[commune];
  }

  void give_back(const std::string& commune) {
    ++free;
    if (--held[commune] == 0) held.erase(commune);
  }

  std::list<Line>::iterator next_line(Class& one) {
    return std::find_if(one.ring.begin(), one.ring.end(), [this](const Line& line) { return may_hold(line.commune); });
  }

  // The class whose turn it is among those where someone may have a slot.
  std::pair<Class*, std::list<Line>::iterator> next() {
    std::pair<Class*, std::list<Line>::iterator> chosen{};
    for (Class& one : classes) {
      const auto line = next_line(one);
      if (line == one.ring.end()) continue;
      if (chosen.first == nullptr || one.passed_over >= kPatience) chosen = {&one, line};
    }
    return chosen;
  }

  // Gives the free slots to those whose turn it is.
  void deal() {
    while (free > 0 && waiting > 0) {
      const auto [chosen, line] = next();
      if (chosen == nullptr) return;
      Waiter& taken = chosen->take_next(line);
      chosen->passed_over = 0;
      for (Class* lower = chosen + 1; lower != classes.data() + kClasses; ++lower) {
        if (!lower->ring.empty()) ++lower->passed_over;
      }
      --waiting;
      hold(taken.commune);
      taken.granted = true;
      taken.changed.notify_one();
      tell_places();
    }
  }

  void tell_places() {
    for (Class& one : classes) {
      for (Line& line : one.ring) {
        for (Waiter* waiter : line.waiters) {
          if (!waiter->listens) continue;
          waiter->moved = true;
          waiter->changed.notify_one();
        }
      }
    }
  }

  // Makes room in a full queue at the cost of someone with less right to the place. False: there is no such one.
  bool push_out_for(const Waiter& newcomer) {
    for (std::size_t rank = kClasses; rank-- > newcomer.rank;) {
      Class& one = classes[rank];
      const auto longest = one.longest();
      if (longest == one.ring.end()) continue;
      if (rank == newcomer.rank) {
        const auto own = one.line_of(newcomer.commune);
        const std::size_t already = own == one.ring.end() ? 0 : own->waiters.size();
        if (longest->waiters.size() < already + 2) return false;
      }
      Waiter& last = *longest->waiters.back();
      withdraw(last);
      last.pushed_out = true;
      last.changed.notify_one();
      return true;
    }
    return false;
  }

  void withdraw(Waiter& waiter) {
    classes[waiter.rank].remove(waiter);
    --waiting;
  }

  // How many waiting requests are served before this one if nobody else comes and no class is let through out of patience.
  int ahead_of(const Waiter& waiter) {
    std::size_t ahead = 0;
    for (std::size_t rank = 0; rank < waiter.rank; ++rank) {
      for (const Line& line : classes[rank].ring) ahead += line.waiters.size();
    }
    Class& own_class = classes[waiter.rank];
    const auto own = own_class.line_of(waiter.commune);
    const auto before_me = static_cast<std::size_t>(std::find(own->waiters.begin(), own->waiters.end(), &waiter) - own->waiters.begin());
    std::size_t rounds = before_me + 1;  // that a commune placed before mine has until my turn; one less for those after
    for (auto line = own_class.ring.begin(); line != own_class.ring.end(); ++line) {
      if (line == own) {
        ahead += before_me;
        rounds = before_me;
      } else {
        ahead += std::min(line->waiters.size(), rounds);
      }
    }
    return static_cast<int>(ahead);
  }

  // Waits for the turn, telling the place on the way. With the mutex held, released while it waits and while it tells.
  Status wait(Waiter& waiter, std::unique_lock<std::mutex>& lock, const Place& place, const std::stop_token& stop) {
    const auto deadline = Clock::now() + std::min<std::chrono::milliseconds>(place.deadline, kLongestWait);
    int told = -1;
    while (!waiter.granted) {
      if (waiter.listens) {
        waiter.moved = false;
        const int ahead = ahead_of(waiter);
        if (ahead != told) {
          told = ahead;
          lock.unlock();
          place.on_place(ahead);
          lock.lock();
        }
      }
      waiter.changed.wait_until(lock, stop, deadline, [&] { return waiter.granted || waiter.pushed_out || waiter.moved; });
      if (waiter.pushed_out) return full();
      if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été arrêtée.");
      if (!waiter.granted && Clock::now() >= deadline) {
        return fail(Code::timeout, "Le modèle de langue n’a pas pu répondre à temps\u00a0: trop de demandes à la fois.",
                    "deadline in queue");
      }
    }
    return {};
  }
};

namespace {

// Whatever happens, a waiter leaves its line, and a slot that was given to it and not taken goes on.
template <class Leave>
class OnExit {
 public:
  explicit OnExit(Leave leave) : leave_(std::move(leave)) {}
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;
  ~OnExit() { leave_(); }

 private:
  Leave leave_;
};

}  // namespace

Queue::Queue(int slots, int max_waiting, std::chrono::milliseconds recent)
    : lines_(std::make_unique<Lines>(std::max(1, slots), std::max(0, max_waiting), recent)) {}
Queue::~Queue() = default;

Result<Queue::Turn> Queue::enter(const Place& place, const std::stop_token& stop) {
  const auto came = Clock::now();
  if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été arrêtée.");
  std::unique_lock lock(lines_->mutex);
  lines_->communes.note(place.commune);
  lines_->deal();  // those who waited only because another commune was there, and is no more
  if (lines_->may_hold(place.commune)) {
    lines_->hold(place.commune);
    return Turn(this, place.commune, 0);
  }
  Waiter waiter{place.commune, static_cast<std::size_t>(place.priority), static_cast<bool>(place.on_place)};
  if (lines_->waiting >= lines_->max_waiting && !lines_->push_out_for(waiter)) return full();
  lines_->classes[waiter.rank].add(waiter);
  ++lines_->waiting;
  lines_->tell_places();

  bool taken = false;
  const OnExit leave_line([&] {
    if (taken || waiter.pushed_out) return;
    if (!lock.owns_lock()) lock.lock();
    if (waiter.granted) lines_->give_back(place.commune);
    else lines_->withdraw(waiter);
    lines_->deal();
    lines_->tell_places();
  });
  BEFFROI_CHECK(lines_->wait(waiter, lock, place, stop));
  taken = true;
  return Turn(this, place.commune, std::chrono::duration<double>(Clock::now() - came).count());
}

void Queue::leave(const std::string& commune) {
  const std::lock_guard lock(lines_->mutex);
  lines_->give_back(commune);
  lines_->deal();
}

Queue::Load Queue::load() const {
  const std::lock_guard lock(lines_->mutex);
  return {lines_->slots - lines_->free, lines_->waiting};
}

Queue::Turn::Turn(Turn&& other) noexcept
    : queue_(std::exchange(other.queue_, nullptr)), commune_(std::move(other.commune_)), queued_s_(other.queued_s_) {}

Queue::Turn& Queue::Turn::operator=(Turn&& other) noexcept {
  std::swap(queue_, other.queue_);
  std::swap(commune_, other.commune_);
  std::swap(queued_s_, other.queued_s_);
  return *this;
}

Queue::Turn::~Turn() {
  if (queue_ != nullptr) queue_->leave(commune_);
}

}  // namespace beffroi::llm
