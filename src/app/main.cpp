// beffroi: one program, several roles. The command line names the role.
#include <csignal>
#include <cstdio>
#include <exception>

#include "app/commands.h"

int main(int argc, char** argv) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2")) {
    std::fputs("beffroi : ce processeur est trop ancien (instructions AVX2 absentes, machines d’avant 2013).\n", stderr);
    return beffroi::app::kFailure;
  }
#endif
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of that write, not the end of the program
  try {
    return beffroi::app::run_command_line(argc, argv);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "beffroi : erreur interne, signalez-la aux mainteneurs (%s).\n", fault.what());
    return beffroi::app::kFailure;
  }
}
