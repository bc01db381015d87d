//===- SarifWriter.h - the parts of a SARIF log ---------------------------===//
//
// For the sources of the reporter only: SarifReporter.h is its face.
//
//===----------------------------------------------------------------------===//

#ifndef BOOTORDER_TOOL_REPORT_SARIFWRITER_H
#define BOOTORDER_TOOL_REPORT_SARIFWRITER_H

#include "tool/report/SarifReporter.h"
#include "tool/report/SourceLines.h"
#include "llvm/Support/JSON.h"
#include <map>

namespace bootorder {

/// A place that a message cites as `[text](number)`.
struct RelatedPlace {
  SourcePlace Place;
  std::string Text;
};

/// A sentence, and the places it cites: number N is Places[N - 1].
struct CitedMessage {
  std::string Text;
  std::vector<RelatedPlace> Places;
};

/// Everything that is known of a finding in a few sentences; the first is its
/// title. At most \p MaxPlaces places are cited.
CitedMessage messageOf(const Finding &F, size_t MaxPlaces);

/// The first letter large, a full stop at the end, unless there is one.
std::string sentence(llvm::StringRef Text);

/// `early-gfp-wait` as `EarlyGfpWait`: SARIF wants a name beside the id.
std::string ruleName(llvm::StringRef Id);

/// \p Path, relative to the kernel root, as a URI reference.
std::string uriOf(llvm::StringRef Path);

/// Writes one log; the order of calls is that of the file.
class SarifWriter {
public:
  SarifWriter(llvm::json::OStream &J, const Report &R,
              const SarifOptions &Options)
      : J(J), R(R), Options(Options), Lines(R.SourceRoot) {}

  void writeRun();

private:
  bool isWritten(const Finding &F) const;
  size_t limit(size_t OfGitHub) const;

  // SarifRules.cpp: the tool and what it can say.
  void writeTool();
  void writeDriver();
  void writeRule(const Rule &Rule);
  void writeRuleTexts(const Rule &Rule);
  void writeNotificationKinds();
  void writeTaxonomies();
  void writeMessage(llvm::StringRef Key, llvm::StringRef Text);

  // SarifReporter.cpp: the run.
  void writeInvocation();
  void writeNotification(llvm::StringRef Id, llvm::StringRef Level,
                         llvm::StringRef Text, const SourcePlace &Place);
  void writeUnseen();
  void writeProvenance();
  void writeRoots();

  // SarifResult.cpp: findings.
  void writeResult(const Finding &F);
  void writeFingerprints(const Finding &F);
  void writeFlow(const Finding &F);
  void writeStep(const WitnessFrame &Frame, unsigned Depth, unsigned Number,
                 llvm::StringRef Importance);
  void writeProperties(const Finding &F);
  void writeStanding(const Finding &F);

  // SarifPlaces.cpp: where things are.
  void writeFile(llvm::StringRef File);
  void writePhysical(const SourcePlace &Place, bool WithText);
  void writeRegion(const SourcePlace &Place, bool WithText);
  void writeLocation(const SourcePlace &Place, llvm::StringRef Function,
                     llvm::StringRef Text, unsigned Number = 0);
  const std::string *lineHash(const SourcePlace &Place);

  llvm::json::OStream &J;
  const Report &R;
  const SarifOptions &Options;
  SourceLines Lines;
  std::map<std::string, std::vector<std::string>> Hashes; ///< by file
  std::map<std::string, unsigned> RuleIndex;              ///< in the driver
};

} // namespace bootorder

#endif
