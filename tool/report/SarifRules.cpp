/// \file
/// The tool, its rules, and what kinds of notifications it has.

#include "tool/report/JsonParts.h"
#include "tool/report/SarifWriter.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace bootorder {

/// GitHub's limit for a description, in characters.
static constexpr size_t MaxDescription = 1000;

/// What every rule of ours is a case of, in the words of MITRE's list.
static constexpr struct {
  const char *Id, *Name, *Text;
} Weakness = {"696", "Incorrect Behavior Order",
              "Related behaviors happen in the wrong order."};

static constexpr struct {
  const char *Id, *Name, *Text, *Level;
} NotificationKinds[] = {
    {"incomplete-analysis", "IncompleteAnalysis",
     "Something was not analysed, so findings may be missing.", "error"},
    {"lost-unit", "LostUnit",
     "A translation unit of the kernel image has no facts.", "error"},
    {"missing-milestone", "MissingMilestone",
     "A milestone that rules speak of is not in this boot.", "warning"},
    {"unresolved-call", "UnresolvedCall",
     "A call through a pointer in reached code has no known target.", "note"},
    {"results-left-out", "ResultsLeftOut",
     "There are more findings than code scanning shows.", "error"},
    {"gate-remark", "GateRemark",
     "The baseline or a suppression needs attention.", "warning"},
    {"no-source", "NoSource",
     "The source of a finding could not be read, so its line has no hash.",
     "warning"},
};

std::string sentence(StringRef Text) {
  std::string Said = Text.rtrim(". \n").str();
  // A first word such as `start_kernel` or `kzalloc()` is a name.
  StringRef First = StringRef(Said).take_until(isSpace);
  if (!Said.empty() && all_of(First, isAlpha))
    Said[0] = toUpper(Said[0]);
  return Said + ".";
}

std::string ruleName(StringRef Id) {
  std::string Name;
  for (StringRef Word : split(Id, '-')) {
    if (Word.empty())
      continue;
    Name += Word;
    Name[Name.size() - Word.size()] = toUpper(Word.front());
  }
  return Name;
}

void SarifWriter::writeMessage(StringRef Key, StringRef Text) {
  J.attributeObject(Key, [&] { J.attribute("text", text(Text)); });
}

/// Most findings of rules on trial are false (docs/triage-6.12.md).
static StringRef precisionOf(const Rule &Rule) {
  return Rule.In == Profile::Strict || Rule.IsTrial ? "low" : "high";
}

/// GitHub's word for a note is another one than SARIF's.
static StringRef problemSeverity(SeverityKind Level) {
  return Level == SeverityKind::Note ? "recommendation" : nameOf(Level);
}

/// `mm/slab.c, cache_grow, v2.6.30: local_irq_enable if __GFP_WAIT is set`.
static std::string referenceText(const KernelReference &Reference) {
  std::string Text = Reference.File;
  for (const std::string &Part : {Reference.Function, Reference.Version})
    if (!Part.empty())
      Text += ", " + Part;
  return Reference.Says.empty() ? Text : Text + ": " + Reference.Says;
}

static std::string helpText(const Rule &Rule) {
  std::string Text = "Why the kernel breaks: " + sentence(Rule.Why) + "\n" +
                     "How it is fixed: " + sentence(Rule.Fix) + "\n";
  if (!Rule.References.empty())
    Text += "Where to read it:\n";
  for (const KernelReference &Reference : Rule.References)
    Text += "  " + referenceText(Reference) + "\n";
  if (!Rule.Doc.empty())
    Text += "More: " + Rule.Doc + " of bootorder\n";
  return Text;
}

static std::string helpMarkdown(const Rule &Rule) {
  std::string Text = "# " + sentence(Rule.Title) + "\n\n" +
                     "## Why the kernel breaks\n\n" + sentence(Rule.Why) +
                     "\n\n## How it is fixed\n\n" + sentence(Rule.Fix) + "\n";
  if (!Rule.References.empty())
    Text += "\n## Where to read it\n\n";
  for (const KernelReference &Reference : Rule.References)
    Text += "- `" + Reference.File + "`" +
            referenceText(Reference).substr(Reference.File.size()) + "\n";
  if (!Rule.Doc.empty())
    Text += "\nMore: `" + Rule.Doc + "` of bootorder.\n";
  return Text;
}

/// Some viewers show the help of a rule, others its full description only.
void SarifWriter::writeRuleTexts(const Rule &Rule) {
  std::string Full = sentence(Rule.Title) + " " + sentence(Rule.Why);
  if (Full.size() > MaxDescription)
    Full = Full.substr(0, MaxDescription - 3) + "...";
  std::string Markdown = helpMarkdown(Rule);
  auto Write = [&](StringRef Key, StringRef Plain) {
    J.attributeObject(Key, [&] {
      J.attribute("text", text(Plain));
      J.attribute("markdown", text(Markdown));
    });
  };
  writeMessage("shortDescription", sentence(Rule.Title));
  Write("fullDescription", Full);
  Write("help", helpText(Rule));
}

void SarifWriter::writeRule(const Rule &Rule) {
  J.object([&] {
    J.attribute("id", text(Rule.Id));
    J.attribute("name", text(ruleName(Rule.Id)));
    writeRuleTexts(Rule);
    J.attributeObject("defaultConfiguration",
                      [&] { J.attribute("level", nameOf(severityOf(Rule))); });
    J.attributeArray("relationships", [&] {
      J.object([&] {
        J.attributeObject("target", [&] {
          J.attribute("id", Weakness.Id);
          J.attribute("index", 0);
          J.attributeObject("toolComponent", [&] {
            J.attribute("name", "CWE");
            J.attribute("index", 0);
          });
        });
        J.attributeArray("kinds", [&] { J.value("superset"); });
      });
    });
    J.attributeObject("properties", [&] {
      J.attributeArray("tags", [&] {
        for (const char *Tag :
             {"boot-order", "correctness", "kernel", "external/cwe/cwe-696"})
          J.value(Tag);
      });
      J.attribute("precision", precisionOf(Rule));
      J.attribute("problem.severity", problemSeverity(severityOf(Rule)));
    });
  });
}

void SarifWriter::writeNotificationKinds() {
  J.attributeArray("notifications", [&] {
    for (const auto &Kind : NotificationKinds)
      J.object([&] {
        J.attribute("id", Kind.Id);
        J.attribute("name", Kind.Name);
        for (const char *Key : {"shortDescription", "fullDescription", "help"})
          writeMessage(Key, Kind.Text);
        J.attributeObject("defaultConfiguration",
                          [&] { J.attribute("level", Kind.Level); });
      });
  });
}

void SarifWriter::writeDriver() {
  J.attributeObject("driver", [&] {
    J.attribute("name", "bootorder");
    J.attribute("fullName", "bootorder " + R.Version);
    J.attribute("version", R.Version);
    J.attribute("semanticVersion", R.Version);
    writeMessage(
        "shortDescription",
        "Finds code that runs too early, or too late, in the boot of a "
        "Linux kernel.");
    J.attributeArray("rules", [&] {
      for (const Rule &Rule : R.Rules) {
        RuleIndex.try_emplace(Rule.Id, RuleIndex.size());
        writeRule(Rule);
      }
    });
    writeNotificationKinds();
    J.attributeArray("supportedTaxonomies", [&] {
      J.object([&] {
        J.attribute("name", "CWE");
        J.attribute("index", 0);
      });
    });
    J.attributeObject("properties", [&] {
      J.attribute("ruleSet", text(R.RuleSet));
      J.attribute("ruleSetDigest", text(R.RulesDigest));
    });
  });
}

void SarifWriter::writeTool() {
  J.attributeObject("tool", [&] { writeDriver(); });
}

void SarifWriter::writeTaxonomies() {
  J.attributeArray("taxonomies", [&] {
    J.object([&] {
      J.attribute("name", "CWE");
      J.attribute("version", "4.15");
      J.attribute("organization", "MITRE");
      J.attribute("informationUri",
                  "https://cwe.mitre.org/data/published/cwe_v4.15.pdf");
      writeMessage("shortDescription",
                   "The MITRE Common Weakness Enumeration.");
      J.attributeArray("taxa", [&] {
        J.object([&] {
          J.attribute("id", Weakness.Id);
          J.attribute("name", Weakness.Name);
          writeMessage("shortDescription", Weakness.Text);
          J.attribute("helpUri",
                      "https://cwe.mitre.org/data/definitions/696.html");
        });
      });
    });
  });
}

} // namespace bootorder
