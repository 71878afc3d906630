// Lets SQLite files rest open between a Database and the next one of the same file: opening one reads its schema again (about 3 ms),
// lending one that rests does not (0.1 ms). On PostgreSQL connections rest always.
//
// A service makes one for as long as it serves. A command of the keyboard does not: its last Database empties the journal into the file.
#pragma once

namespace beffroi::db {

class KeptOpen {
 public:
  KeptOpen();
  // Closes what rests, and from then on what is given back.
  ~KeptOpen();
  KeptOpen(const KeptOpen&) = delete;
  KeptOpen& operator=(const KeptOpen&) = delete;
};

}  // namespace beffroi::db
