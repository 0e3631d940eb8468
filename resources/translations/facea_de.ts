<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>AboutPage</name>
  <message>
   <source>&amp;Keyboard shortcuts</source>
   <translation>&amp;Tastenkürzel</translation>
  </message>
  <message>
   <source>Everything that can be done with the keyboard</source>
   <translation>Alles, was mit der Tastatur geht</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Libraries it is built on</source>
   <translation>Verwendete Bibliotheken</translation>
  </message>
  <message>
   <source>Licences</source>
   <translation>Lizenzen</translation>
  </message>
  <message>
   <source>Portraits that look like the person, made on the person's own machine with FaceA-Net.</source>
   <translation>Porträts, die der Person ähnlich sehen, auf dem eigenen Rechner gemacht mit FaceA-Net.</translation>
  </message>
  <message>
   <source>Python {python}, Qt {qt}, PySide {pyside} (LGPL-3.0)</source>
   <translation>Python {python}, Qt {qt}, PySide {pyside} (LGPL-3.0)</translation>
  </message>
  <message>
   <source>Show the &amp;log</source>
   <translation>&amp;Protokoll anzeigen</translation>
  </message>
  <message>
   <source>Version {}</source>
   <translation>Version {}</translation>
  </message>
  <message>
   <source>What the program has done, and what went wrong</source>
   <translation>Was das Programm getan hat, und was schiefging</translation>
  </message>
  <message>
   <source>When something does not work, the log says why; it can be saved as a report without names.</source>
   <translation>Wenn etwas nicht geht, sagt das Protokoll, warum; es lässt sich als Bericht ohne Namen speichern.</translation>
  </message>
 </context>
 <context>
  <name>Actions</name>
  <message>
   <source>&amp;Copy the prompt</source>
   <translation>Prompt &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Delete…	Del</source>
   <translation>&amp;Löschen …	Del</translation>
  </message>
  <message>
   <source>&amp;Look at it	Space</source>
   <translation>&amp;Groß ansehen	Space</translation>
  </message>
  <message>
   <source>&amp;Rate</source>
   <translation>&amp;Bewerten</translation>
  </message>
  <message>
   <source>&amp;Show in folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>&amp;Use settings	Enter</source>
   <translation>Einstellungen &amp;übernehmen	Enter</translation>
  </message>
  <message>
   <source>Delete this portrait for good?</source>
   <translation>Dieses Porträt endgültig löschen?</translation>
  </message>
  <message>
   <source>Delete {} portraits for good?</source>
   <translation>{} Porträts endgültig löschen?</translation>
  </message>
  <message>
   <source>Deleting {} portraits…</source>
   <translation>{} Porträts werden gelöscht …</translation>
  </message>
  <message>
   <source>E&amp;xport…	Ctrl+E</source>
   <translation>E&amp;xportieren …	Ctrl+E</translation>
  </message>
  <message>
   <source>No stars</source>
   <translation>Keine Sterne</translation>
  </message>
  <message>
   <source>The files are overwritten, with their scenes and masks. This cannot be undone.</source>
   <translation>Die Dateien werden überschrieben, mit ihren Szenen und Masken. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>The portrait is deleted.</source>
   <translation>Das Porträt ist gelöscht.</translation>
  </message>
  <message>
   <source>The prompt is copied.</source>
   <translation>Der Prompt ist kopiert.</translation>
  </message>
  <message>
   <source>{} carries no settings. Portraits made here do, unless they were exported without the prompt.</source>
   <translation>{} enthält keine Einstellungen. Hier gemachte Porträts enthalten welche, wenn sie nicht ohne den Prompt exportiert wurden.</translation>
  </message>
  <message>
   <source>{} portraits are deleted.</source>
   <translation>{} Porträts sind gelöscht.</translation>
  </message>
 </context>
 <context>
  <name>Amount</name>
  <message>
   <source>{pixels} px</source>
   <translation>{pixels} px</translation>
  </message>
 </context>
 <context>
  <name>AttributeSlot</name>
  <message>
   <source>Choose who gives this</source>
   <translation>Wählen, wer dies gibt</translation>
  </message>
  <message>
   <source>Choose who gives this, or drop a person here</source>
   <translation>Wählen, wer dies gibt, oder eine Person hierher ziehen</translation>
  </message>
  <message>
   <source>How strongly it is taken</source>
   <translation>Wie stark es übernommen wird</translation>
  </message>
  <message>
   <source>How strongly: {}</source>
   <translation>Wie stark: {}</translation>
  </message>
  <message>
   <source>Keep the person's own</source>
   <translation>Das Eigene behalten</translation>
  </message>
  <message>
   <source>choose…</source>
   <translation>wählen …</translation>
  </message>
  <message>
   <source>{what}: from {name}</source>
   <translation>{what}: von {name}</translation>
  </message>
  <message>
   <source>{}: choose who gives it</source>
   <translation>{}: wählen, wer es gibt</translation>
  </message>
 </context>
 <context>
  <name>Background</name>
  <message>
   <source>Something went wrong. Help, Show log says what.</source>
   <translation>Etwas ist schiefgegangen. Unter Hilfe, Protokoll anzeigen steht, was.</translation>
  </message>
 </context>
 <context>
  <name>BallotView</name>
  <message>
   <source>&amp;Back</source>
   <translation>&amp;Zurück</translation>
  </message>
  <message>
   <source>&amp;Pause</source>
   <translation>&amp;Pause</translation>
  </message>
  <message>
   <source>&amp;Skip</source>
   <translation>&amp;Überspringen</translation>
  </message>
  <message>
   <source>A photo of the person</source>
   <translation>Ein Foto der Person</translation>
  </message>
  <message>
   <source>Go on another time (Esc)</source>
   <translation>Ein andermal weitermachen (Esc)</translation>
  </message>
  <message>
   <source>I cannot tell (S)</source>
   <translation>Ich kann es nicht sagen (S)</translation>
  </message>
  <message>
   <source>Question {0} of {1}</source>
   <translation>Frage {0} von {1}</translation>
  </message>
  <message>
   <source>Questions answered</source>
   <translation>Beantwortete Fragen</translation>
  </message>
  <message>
   <source>The person</source>
   <translation>Die Person</translation>
  </message>
  <message>
   <source>The question before (Backspace)</source>
   <translation>Zur Frage davor (Rücktaste)</translation>
  </message>
  <message>
   <source>{0} of {1} answered</source>
   <translation>{0} von {1} beantwortet</translation>
  </message>
 </context>
 <context>
  <name>BrushCard</name>
  <message>
   <source>Brush size in pixels ([ and ])</source>
   <translation>Pinselgröße in Pixeln ([ und ])</translation>
  </message>
  <message>
   <source>Hardness</source>
   <translation>Härte</translation>
  </message>
  <message>
   <source>Hardness of the brush's edge (Shift with [ and ])</source>
   <translation>Härte des Pinselrands (Umschalt mit [ und ])</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>{size} px</source>
   <translation>{size} px</translation>
  </message>
 </context>
 <context>
  <name>Canvas</name>
  <message>
   <source>Add a rectangle; Alt or the right button takes it away</source>
   <translation>Ein Rechteck hinzufügen; Alt oder die rechte Taste nimmt es weg</translation>
  </message>
  <message>
   <source>Add an ellipse; Alt or the right button takes it away</source>
   <translation>Eine Ellipse hinzufügen; Alt oder die rechte Taste nimmt sie weg</translation>
  </message>
  <message>
   <source>Add what you draw around; Alt or the right button takes it away</source>
   <translation>Hinzufügen, was Sie umfahren; Alt oder die rechte Taste nimmt es weg</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Hintergrund</translation>
  </message>
  <message>
   <source>Brows</source>
   <translation>Brauen</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>Pinsel</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Clothes</source>
   <translation>Kleidung</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Compare before and after with a slider</source>
   <translation>Vorher und nachher mit einem Schieber vergleichen</translation>
  </message>
  <message>
   <source>Describe a portrait on the right, or drop a picture here as the scene</source>
   <translation>Beschreiben Sie rechts ein Porträt, oder ziehen Sie ein Bild als Szene hierher</translation>
  </message>
  <message>
   <source>Ears</source>
   <translation>Ohren</translation>
  </message>
  <message>
   <source>Ellipse</source>
   <translation>Ellipse</translation>
  </message>
  <message>
   <source>Erase from the mask</source>
   <translation>Aus der Maske radieren</translation>
  </message>
  <message>
   <source>Eraser</source>
   <translation>Radierer</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>Augen</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>Feather</source>
   <translation>Weichzeichnen</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Grow</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Hair</source>
   <translation>Haare</translation>
  </message>
  <message>
   <source>Harder brush</source>
   <translation>Härterer Pinsel</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Umkehren</translation>
  </message>
  <message>
   <source>Larger brush</source>
   <translation>Größerer Pinsel</translation>
  </message>
  <message>
   <source>Lasso</source>
   <translation>Lasso</translation>
  </message>
  <message>
   <source>Lips</source>
   <translation>Lippen</translation>
  </message>
  <message>
   <source>Make the mask larger all around</source>
   <translation>Die Maske ringsum größer machen</translation>
  </message>
  <message>
   <source>Make the mask smaller all around</source>
   <translation>Die Maske ringsum kleiner machen</translation>
  </message>
  <message>
   <source>Make the mask's edge soft</source>
   <translation>Den Rand der Maske weich machen</translation>
  </message>
  <message>
   <source>Mask everything else instead</source>
   <translation>Stattdessen alles andere maskieren</translation>
  </message>
  <message>
   <source>Move</source>
   <translation>Verschieben</translation>
  </message>
  <message>
   <source>Move the picture and choose faces</source>
   <translation>Bild verschieben und Gesichter wählen</translation>
  </message>
  <message>
   <source>Neck</source>
   <translation>Hals</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>Nase</translation>
  </message>
  <message>
   <source>Paint the mask; Alt or the right button takes away, Shift draws a line</source>
   <translation>Maske malen; Alt oder die rechte Taste nimmt weg, Umschalt zieht eine Linie</translation>
  </message>
  <message>
   <source>Rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Redo what was undone</source>
   <translation>Wiederholen, was rückgängig gemacht wurde</translation>
  </message>
  <message>
   <source>Remove the whole mask</source>
   <translation>Die ganze Maske entfernen</translation>
  </message>
  <message>
   <source>Select part</source>
   <translation>Teil auswählen</translation>
  </message>
  <message>
   <source>Select skin, hair, lips and so on with a click; Shift adds, Alt or the right button takes away</source>
   <translation>Haut, Haare, Lippen und mehr mit einem Klick auswählen; Umschalt fügt hinzu, Alt oder die rechte Taste nimmt weg</translation>
  </message>
  <message>
   <source>Show one picture pixel per screen pixel</source>
   <translation>Ein Bildpixel je Bildschirmpixel zeigen</translation>
  </message>
  <message>
   <source>Show the whole picture</source>
   <translation>Das ganze Bild zeigen</translation>
  </message>
  <message>
   <source>Shrink</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Skin</source>
   <translation>Haut</translation>
  </message>
  <message>
   <source>Smaller brush</source>
   <translation>Kleinerer Pinsel</translation>
  </message>
  <message>
   <source>Softer brush</source>
   <translation>Weicherer Pinsel</translation>
  </message>
  <message>
   <source>Swap brush and eraser</source>
   <translation>Pinsel und Radierer tauschen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Undo the last change of the mask</source>
   <translation>Die letzte Änderung der Maske rückgängig machen</translation>
  </message>
  <message>
   <source>Your picture appears here</source>
   <translation>Hier erscheint Ihr Bild</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
 </context>
 <context>
  <name>CanvasView</name>
  <message>
   <source>Canvas</source>
   <translation>Leinwand</translation>
  </message>
 </context>
 <context>
  <name>Choice</name>
  <message>
   <source>Choose this picture (key {})</source>
   <translation>Dieses Bild wählen (Taste {})</translation>
  </message>
  <message>
   <source>Picture {}</source>
   <translation>Bild {}</translation>
  </message>
 </context>
 <context>
  <name>CompareHandle</name>
  <message>
   <source>After</source>
   <translation>Nachher</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>Before and after, {percent} % before</source>
   <translation>Vorher und nachher, {percent} % vorher</translation>
  </message>
  <message>
   <source>Drag to compare; double-click for the middle (left and right keys)</source>
   <translation>Zum Vergleichen ziehen; Doppelklick für die Mitte (Tasten Links und Rechts)</translation>
  </message>
 </context>
 <context>
  <name>ComparisonList</name>
  <message>
   <source>Comparisons</source>
   <translation>Vergleiche</translation>
  </message>
 </context>
 <context>
  <name>ConsentPicker</name>
  <message>
   <source>&amp;until</source>
   <translation>&amp;bis</translation>
  </message>
  <message>
   <source>An &amp;invented person</source>
   <translation>Eine e&amp;rfundene Person</translation>
  </message>
  <message>
   <source>Day on which the leave ends</source>
   <translation>Tag, an dem die Einwilligung endet</translation>
  </message>
  <message>
   <source>I have their &amp;leave</source>
   <translation>Ich habe eine &amp;Einwilligung</translation>
  </message>
  <message>
   <source>It is &amp;me</source>
   <translation>Das &amp;bin ich</translation>
  </message>
  <message>
   <source>Portraits are off after this day, until the leave is renewed</source>
   <translation>Nach diesem Tag gibt es keine Porträts mehr, bis die Einwilligung verlängert ist</translation>
  </message>
  <message>
   <source>The person agreed that you make portraits of them</source>
   <translation>Die Person ist einverstanden, dass Sie Porträts von ihr machen</translation>
  </message>
  <message>
   <source>The photos show nobody who exists</source>
   <translation>Die Fotos zeigen niemanden, den es gibt</translation>
  </message>
 </context>
 <context>
  <name>Curves</name>
  <message>
   <source>Likeness over the steps</source>
   <translation>Ähnlichkeit über die Schritte</translation>
  </message>
  <message>
   <source>Loss over the steps, face and attribute</source>
   <translation>Verlust über die Schritte, Gesicht und Merkmal</translation>
  </message>
  <message>
   <source>attribute</source>
   <translation>Merkmal</translation>
  </message>
  <message>
   <source>face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>loss</source>
   <translation>Verlust</translation>
  </message>
  <message>
   <source>step</source>
   <translation>Schritt</translation>
  </message>
 </context>
 <context>
  <name>DeleteDialog</name>
  <message>
   <source>Delete for good</source>
   <translation>Endgültig löschen</translation>
  </message>
  <message>
   <source>Delete {who} for good?</source>
   <translation>{who} endgültig löschen?</translation>
  </message>
  <message>
   <source>Portraits that you exported elsewhere stay where they are.</source>
   <translation>Porträts, die Sie anderswohin exportiert haben, bleiben dort.</translation>
  </message>
  <message>
   <source>The photos, the masks, what was tuned from them and every checkpoint are overwritten and removed. There is no undo.</source>
   <translation>Die Fotos, die Masken, was daraus gelernt wurde und jeder Zwischenstand werden überschrieben und entfernt. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>also the portrait made of them</source>
   <translation>auch das Porträt dieser Personen</translation>
  </message>
  <message>
   <source>also the portrait made of this person</source>
   <translation>auch das Porträt dieser Person</translation>
  </message>
  <message>
   <source>also the {count} portraits made of them</source>
   <translation>auch die {count} Porträts dieser Personen</translation>
  </message>
  <message>
   <source>also the {count} portraits made of this person</source>
   <translation>auch die {count} Porträts dieser Person</translation>
  </message>
  <message>
   <source>{count} people</source>
   <translation>{count} Personen</translation>
  </message>
 </context>
 <context>
  <name>DeleteQuestion</name>
  <message>
   <source>&amp;Delete</source>
   <translation>&amp;Löschen</translation>
  </message>
  <message>
   <source>&amp;Keep</source>
   <translation>&amp;Behalten</translation>
  </message>
 </context>
 <context>
  <name>Details</name>
  <message>
   <source>&amp;Delete…</source>
   <translation>&amp;Löschen …</translation>
  </message>
  <message>
   <source>&amp;Export results…</source>
   <translation>Ergebnisse e&amp;xportieren …</translation>
  </message>
  <message>
   <source>&amp;Go on</source>
   <translation>&amp;Fortsetzen</translation>
  </message>
  <message>
   <source>&amp;Show in folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation>&amp;Anhalten</translation>
  </message>
  <message>
   <source>&amp;Use settings</source>
   <translation>Einstellungen &amp;übernehmen</translation>
  </message>
  <message>
   <source>Add &amp;methods…</source>
   <translation>&amp;Methoden hinzufügen …</translation>
  </message>
  <message>
   <source>Bring the prompt, the seed and everything else back to the portrait panel (Enter)</source>
   <translation>Prompt, Seed und alles andere zurück ins Porträtfeld holen (Eingabe)</translation>
  </message>
  <message>
   <source>Choose a portrait to see what made it. Space shows it large.</source>
   <translation>Wählen Sie ein Porträt, um zu sehen, woraus es entstand. Die Leertaste zeigt es groß.</translation>
  </message>
  <message>
   <source>Compare further methods on the same photos and prompts</source>
   <translation>Weitere Methoden an denselben Fotos und Prompts vergleichen</translation>
  </message>
  <message>
   <source>Delete it all</source>
   <translation>Alles davon löschen</translation>
  </message>
  <message>
   <source>E&amp;xport…</source>
   <translation>E&amp;xportieren …</translation>
  </message>
  <message>
   <source>Erase for good, with scene and mask (Del)</source>
   <translation>Endgültig löschen, mit Szene und Maske (Entf)</translation>
  </message>
  <message>
   <source>Figures</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <source>How far the comparison is</source>
   <translation>Wie weit der Vergleich ist</translation>
  </message>
  <message>
   <source>It carries no prompt.</source>
   <translation>Es enthält keinen Prompt.</translation>
  </message>
  <message>
   <source>It goes on where it stopped</source>
   <translation>Es geht dort weiter, wo es angehalten wurde</translation>
  </message>
  <message>
   <source>No figures yet</source>
   <translation>Noch keine Zahlen</translation>
  </message>
  <message>
   <source>Nothing chosen</source>
   <translation>Nichts gewählt</translation>
  </message>
  <message>
   <source>Open &amp;report</source>
   <translation>&amp;Bericht öffnen</translation>
  </message>
  <message>
   <source>Open the folder that the file lies in</source>
   <translation>Den Ordner öffnen, in dem die Datei liegt</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Pictures and tables</source>
   <translation>Bilder und Tabellen</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Rate, export or delete them together.</source>
   <translation>Bewerten, exportieren oder löschen Sie sie zusammen.</translation>
  </message>
  <message>
   <source>Save as PNG, JPEG, WebP or TIFF (Ctrl+E)</source>
   <translation>Als PNG, JPEG, WebP oder TIFF speichern (Strg+E)</translation>
  </message>
  <message>
   <source>Save results.csv, a line a picture</source>
   <translation>results.csv speichern, eine Zeile je Bild</translation>
  </message>
  <message>
   <source>Show &amp;folder</source>
   <translation>&amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>The table stands here when every picture is made and measured.</source>
   <translation>Die Tabelle steht hier, sobald alle Bilder gemacht und gemessen sind.</translation>
  </message>
  <message>
   <source>The whole page, with contact sheets and tests, in your browser</source>
   <translation>Die ganze Seite mit Bildtafeln und Tests, in Ihrem Browser</translation>
  </message>
  <message>
   <source>Vote</source>
   <translation>Abstimmen</translation>
  </message>
  <message>
   <source>{} portraits chosen</source>
   <translation>{} Porträts gewählt</translation>
  </message>
 </context>
 <context>
  <name>DevicePage</name>
  <message>
   <source>A processor cannot do this; choose bf16.</source>
   <translation>Ein Prozessor kann das nicht; wählen Sie bf16.</translation>
  </message>
  <message>
   <source>A processor cannot paint in fp16. Choose bf16 or automatic.</source>
   <translation>Ein Prozessor kann nicht in fp16 malen. Wählen Sie bf16 oder Automatisch.</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatisch</translation>
  </message>
  <message>
   <source>Automatic takes the fastest one.</source>
   <translation>Automatisch nimmt das schnellste.</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>FACEA_DEVICE is set: automatic means {}.</source>
   <translation>FACEA_DEVICE ist gesetzt: Automatisch bedeutet {}.</translation>
  </message>
  <message>
   <source>Find devices and free memory anew</source>
   <translation>Geräte und freien Speicher neu ermitteln</translation>
  </message>
  <message>
   <source>Full (fp32)</source>
   <translation>Voll (fp32)</translation>
  </message>
  <message>
   <source>Half (bf16)</source>
   <translation>Halb (bf16)</translation>
  </message>
  <message>
   <source>Half (fp16)</source>
   <translation>Halb (fp16)</translation>
  </message>
  <message>
   <source>Half precision is faster and takes half the memory; full precision is for comparing.</source>
   <translation>Halbe Genauigkeit ist schneller und braucht halb so viel Speicher; volle ist zum Vergleichen.</translation>
  </message>
  <message>
   <source>Look &amp;again</source>
   <translation>&amp;Erneut ansehen</translation>
  </message>
  <message>
   <source>Looking at this machine …</source>
   <translation>Dieser Rechner wird angesehen …</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Paint with</source>
   <translation>Malen mit</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <source>Saving</source>
   <translation>Sparsam</translation>
  </message>
  <message>
   <source>Saving moves models through the device one after the other: slower, needs much less.</source>
   <translation>Sparsam bringt die Modelle nacheinander auf das Gerät: langsamer, braucht viel weniger.</translation>
  </message>
  <message>
   <source>This machine</source>
   <translation>Dieser Rechner</translation>
  </message>
  <message>
   <source>What pictures are painted with. A change counts from the next job on; running jobs go on as is.</source>
   <translation>Womit Bilder gemalt werden. Eine Änderung gilt ab dem nächsten Auftrag; laufende gehen unverändert weiter.</translation>
  </message>
  <message>
   <source>{free} of {all} free</source>
   <translation>{free} von {all} frei</translation>
  </message>
  <message>
   <source>{} (not found here)</source>
   <translation>{} (hier nicht gefunden)</translation>
  </message>
 </context>
 <context>
  <name>EarlyStop</name>
  <message>
   <source>Best so far: likeness {score} at step {step}.</source>
   <translation>Bisher am besten: Ähnlichkeit {score} bei Schritt {step}.</translation>
  </message>
  <message>
   <source>End the tuning at its next step and keep the weights with the best likeness so far</source>
   <translation>Das Training nach dem nächsten Schritt beenden und die Gewichte mit der bisher besten Ähnlichkeit behalten</translation>
  </message>
  <message>
   <source>Ends at its next step, with likeness {score} of step {step} or better.</source>
   <translation>Endet nach dem nächsten Schritt, mit Ähnlichkeit {score} von Schritt {step} oder besser.</translation>
  </message>
  <message>
   <source>Good enough, stop here</source>
   <translation>Gut genug, hier aufhören</translation>
  </message>
  <message>
   <source>The likeness rises no more; its best was {score} at step {step}.</source>
   <translation>Die Ähnlichkeit steigt nicht mehr; am besten war {score} bei Schritt {step}.</translation>
  </message>
 </context>
 <context>
  <name>EvaluationPage</name>
  <message>
   <source>&amp;New comparison</source>
   <translation>&amp;Neuer Vergleich</translation>
  </message>
  <message>
   <source>Compare methods</source>
   <translation>Methoden vergleichen</translation>
  </message>
  <message>
   <source>Comparing methods on {}</source>
   <translation>Methoden vergleichen an {}</translation>
  </message>
  <message>
   <source>Delete “{}” for good?</source>
   <translation>„{}“ endgültig löschen?</translation>
  </message>
  <message>
   <source>Export results</source>
   <translation>Ergebnisse exportieren</translation>
  </message>
  <message>
   <source>Likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>The comparison is deleted.</source>
   <translation>Der Vergleich ist gelöscht.</translation>
  </message>
  <message>
   <source>The copied photos, what was learned from them, all pictures and votes are overwritten.</source>
   <translation>Die kopierten Fotos, was daraus gelernt wurde, alle Bilder und Stimmen werden überschrieben.</translation>
  </message>
  <message>
   <source>The results are saved.</source>
   <translation>Die Ergebnisse sind gespeichert.</translation>
  </message>
  <message>
   <source>Until {day} these faces could be portrayed; make a new comparison once they may be again.</source>
   <translation>Diese Gesichter durften bis {day} porträtiert werden; legen Sie einen neuen Vergleich an, sobald sie es wieder dürfen.</translation>
  </message>
  <message>
   <source>What you compare is kept here.</source>
   <translation>Was Sie vergleichen, wird hier aufbewahrt.</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source> px</source>
   <translation> px</translation>
  </message>
  <message>
   <source>&amp;Export</source>
   <translation>&amp;Exportieren</translation>
  </message>
  <message>
   <source>&amp;Mark as made with AI</source>
   <translation>Als &amp;mit KI gemacht kennzeichnen</translation>
  </message>
  <message>
   <source>&amp;Quality</source>
   <translation>&amp;Qualität</translation>
  </message>
  <message>
   <source>&amp;Show in folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>Adobe RGB compatible</source>
   <translation>Adobe-RGB-kompatibel</translation>
  </message>
  <message>
   <source>Another size…</source>
   <translation>Andere Größe …</translation>
  </message>
  <message>
   <source>At most {} pixels</source>
   <translation>Höchstens {} Pixel</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose a folder to export to.</source>
   <translation>Wählen Sie einen Ordner für den Export.</translation>
  </message>
  <message>
   <source>Choose the folder</source>
   <translation>Den Ordner wählen</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Wählen …</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Colours</source>
   <translation>Farben</translation>
  </message>
  <message>
   <source>Display P3</source>
   <translation>Display P3</translation>
  </message>
  <message>
   <source>Export the portrait</source>
   <translation>Porträt exportieren</translation>
  </message>
  <message>
   <source>Export to</source>
   <translation>Exportieren nach</translation>
  </message>
  <message>
   <source>Export {} portraits</source>
   <translation>{} Porträts exportieren</translation>
  </message>
  <message>
   <source>Files that are there are never overwritten</source>
   <translation>Vorhandene Dateien werden nie überschrieben</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Higher keeps more detail and makes larger files</source>
   <translation>Höher erhält mehr Einzelheiten und macht größere Dateien</translation>
  </message>
  <message>
   <source>Keep the &amp;prompt in the file</source>
   <translation>Den &amp;Prompt in der Datei behalten</translation>
  </message>
  <message>
   <source>None embedded</source>
   <translation>Keines eingebettet</translation>
  </message>
  <message>
   <source>Nothing could be exported: the pictures are damaged or gone.</source>
   <translation>Nichts konnte exportiert werden: Die Bilder sind beschädigt oder fort.</translation>
  </message>
  <message>
   <source>Of the longer side; smaller portraits keep their size</source>
   <translation>Der längeren Seite; kleinere Porträts behalten ihre Größe</translation>
  </message>
  <message>
   <source>Original size</source>
   <translation>Originalgröße</translation>
  </message>
  <message>
   <source>Pixels of the longer side</source>
   <translation>Pixel der längeren Seite</translation>
  </message>
  <message>
   <source>Portrait</source>
   <translation>Porträt</translation>
  </message>
  <message>
   <source>Progress of the export</source>
   <translation>Fortschritt des Exports</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>Qualität</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>The colours look the same in each; choose what your next program asks for</source>
   <translation>Die Farben sehen in jedem gleich aus; wählen Sie, was Ihr nächstes Programm verlangt</translation>
  </message>
  <message>
   <source>The export was cancelled; what was written stays.</source>
   <translation>Der Export wurde abgebrochen; was geschrieben ist, bleibt.</translation>
  </message>
  <message>
   <source>Whoever gets the file can read prompt and settings, and dropping it here brings them back</source>
   <translation>Wer die Datei bekommt, kann Prompt und Einstellungen lesen; hierher gezogen bringt sie beides zurück</translation>
  </message>
  <message>
   <source>Writes the IPTC digital source type, which other programs and sites read</source>
   <translation>Schreibt den IPTC-Quelltyp, den andere Programme und Seiten lesen</translation>
  </message>
  <message>
   <source>sRGB, for everywhere</source>
   <translation>sRGB, für überall</translation>
  </message>
  <message>
   <source>{0} could not be read and were left out: {1}</source>
   <translation>{0} konnten nicht gelesen werden und fehlen: {1}</translation>
  </message>
  <message>
   <source>{0} of {1} exported</source>
   <translation>{0} von {1} exportiert</translation>
  </message>
  <message>
   <source>{} is exported.</source>
   <translation>{} ist exportiert.</translation>
  </message>
  <message>
   <source>{} portraits are exported.</source>
   <translation>{} Porträts sind exportiert.</translation>
  </message>
 </context>
 <context>
  <name>FaceMenu</name>
  <message>
   <source> (leave ended)</source>
   <translation> (Einwilligung abgelaufen)</translation>
  </message>
  <message>
   <source> (not tuned)</source>
   <translation> (nicht trainiert)</translation>
  </message>
  <message>
   <source> (tuned with other models)</source>
   <translation> (mit anderen Modellen trainiert)</translation>
  </message>
  <message>
   <source>Leave this face as it is</source>
   <translation>Dieses Gesicht lassen, wie es ist</translation>
  </message>
  <message>
   <source>Who goes into this face?</source>
   <translation>Wer kommt in dieses Gesicht?</translation>
  </message>
 </context>
 <context>
  <name>Faces</name>
  <message>
   <source>Choose who goes into this face (Delete: not a face)</source>
   <translation>Wählen, wer in dieses Gesicht kommt (Entf: kein Gesicht)</translation>
  </message>
  <message>
   <source>Face {number}: {who}</source>
   <translation>Gesicht {number}: {who}</translation>
  </message>
  <message>
   <source>Not a face</source>
   <translation>Kein Gesicht</translation>
  </message>
  <message>
   <source>choose…</source>
   <translation>wählen …</translation>
  </message>
 </context>
 <context>
  <name>FamilyCard</name>
  <message>
   <source>&amp;Fetch what is missing ({})…</source>
   <translation>&amp;Fehlendes laden ({}) …</translation>
  </message>
  <message>
   <source>&amp;Scenes by</source>
   <translation>Sz&amp;enen von</translation>
  </message>
  <message>
   <source>&amp;Use this family</source>
   <translation>Diese Familie &amp;verwenden</translation>
  </message>
  <message>
   <source>A .safetensors &amp;file…</source>
   <translation>Eine .safetensors-&amp;Datei …</translation>
  </message>
  <message>
   <source>A diffusers f&amp;older…</source>
   <translation>Ein diffusers-&amp;Ordner …</translation>
  </message>
  <message>
   <source>A model for scenes (Stable Diffusion XL, Z-Image, FLUX.2 [klein]) or for faces (Stable Diffusion 1 or XL inpainting) that is on this machine already</source>
   <translation>Ein Modell für Szenen (Stable Diffusion XL, Z-Image, FLUX.2 [klein]) oder für Gesichter (Stable Diffusion 1 oder XL Inpainting), das schon auf diesem Rechner ist</translation>
  </message>
  <message>
   <source>For a GPU: scenes of any kind, {scene} pixels; faces redrawn at {face} pixels.</source>
   <translation>Für eine GPU: Szenen jeder Art mit {scene} Pixeln; Gesichter mit {face} Pixeln neu gemalt.</translation>
  </message>
  <message>
   <source>For any machine: photographs of head and shoulders, {scene} pixels, made from the words that it knows; faces redrawn at {face} pixels.</source>
   <translation>Für jeden Rechner: Fotos von Kopf und Schultern mit {scene} Pixeln, gemacht aus bekannten Wörtern; Gesichter mit {face} Pixeln neu gemalt.</translation>
  </message>
  <message>
   <source>For measuring</source>
   <translation>Zum Messen</translation>
  </message>
  <message>
   <source>Go back to the catalogue's</source>
   <translation>Zurück zu denen des Katalogs</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>In Gebrauch</translation>
  </message>
  <message>
   <source>Looking at this machine …</source>
   <translation>Dieser Rechner wird angesehen …</translation>
  </message>
  <message>
   <source>New people are made with it; those who are there keep theirs</source>
   <translation>Neue Personen werden damit gemacht; vorhandene behalten ihre</translation>
  </message>
  <message>
   <source>Not complete</source>
   <translation>Nicht vollständig</translation>
  </message>
  <message>
   <source>Not installed</source>
   <translation>Nicht installiert</translation>
  </message>
  <message>
   <source>Only “facea-desktop evaluate” needs these, to measure how good portraits are.</source>
   <translation>Nur „facea-desktop evaluate“ braucht diese, um zu messen, wie gut Porträts sind.</translation>
  </message>
  <message>
   <source>Ready to use</source>
   <translation>Einsatzbereit</translation>
  </message>
  <message>
   <source>Shows sizes and licences first</source>
   <translation>Zeigt zuerst Größen und Lizenzen</translation>
  </message>
  <message>
   <source>Use weights of your &amp;own</source>
   <translation>&amp;Eigene Gewichte verwenden</translation>
  </message>
  <message>
   <source>Use {} again; your file stays where it is</source>
   <translation>{} wieder verwenden; Ihre Datei bleibt, wo sie ist</translation>
  </message>
  <message>
   <source>What paints the scene in which faces are redrawn; people keep their tuning</source>
   <translation>Was die Szene malt, in der Gesichter neu gezeichnet werden; das Training der Personen bleibt</translation>
  </message>
  <message>
   <source>Your own weights are not where they were. Put them back, or go back.</source>
   <translation>Ihre eigenen Gewichte sind nicht mehr dort. Legen Sie sie zurück, oder kehren Sie zum Katalog zurück.</translation>
  </message>
  <message>
   <source>Your own: {}</source>
   <translation>Eigene: {}</translation>
  </message>
  <message>
   <source>comes with the program</source>
   <translation>kommt mit dem Programm</translation>
  </message>
  <message>
   <source>finds faces</source>
   <translation>findet Gesichter</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>installiert</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>nicht installiert</translation>
  </message>
  <message>
   <source>paints the scene</source>
   <translation>malt die Szene</translation>
  </message>
  <message>
   <source>reads words for the detector</source>
   <translation>liest Wörter für die Erkennung</translation>
  </message>
  <message>
   <source>redraws the face</source>
   <translation>malt das Gesicht neu</translation>
  </message>
  <message>
   <source>your own weights</source>
   <translation>Ihre eigenen Gewichte</translation>
  </message>
 </context>
 <context>
  <name>FetchDialog</name>
  <message>
   <source>&amp;Fetch {}</source>
   <translation>{} &amp;laden</translation>
  </message>
  <message>
   <source>&amp;Not now</source>
   <translation>&amp;Jetzt nicht</translation>
  </message>
  <message>
   <source>Begin to download</source>
   <translation>Mit dem Herunterladen beginnen</translation>
  </message>
  <message>
   <source>Close without downloading anything</source>
   <translation>Schließen, ohne etwas herunterzuladen</translation>
  </message>
  <message>
   <source>Fetch models</source>
   <translation>Modelle laden</translation>
  </message>
  <message>
   <source>Fetch {}</source>
   <translation>{} laden</translation>
  </message>
  <message>
   <source>Licence: {}</source>
   <translation>Lizenz: {}</translation>
  </message>
  <message>
   <source>Only {} are free on the disk. Make room first.</source>
   <translation>Nur {} sind auf der Festplatte frei. Schaffen Sie zuerst Platz.</translation>
  </message>
  <message>
   <source>Please read the licences: by fetching you agree to them.</source>
   <translation>Bitte lesen Sie die Lizenzen: Mit dem Laden stimmen Sie ihnen zu.</translation>
  </message>
  <message>
   <source>This is the only thing that FaceA Desktop uses the network for. It downloads, it sends nothing of yours. You can stop at any time and go on later; every file is checked when it is there.</source>
   <translation>Nur dafür nutzt FaceA Desktop das Netz. Es lädt herunter und sendet nichts von Ihnen. Sie können jederzeit anhalten und später weitermachen; jede Datei wird geprüft, wenn sie da ist.</translation>
  </message>
  <message>
   <source>{address}, revision {revision}</source>
   <translation>{address}, Revision {revision}</translation>
  </message>
  <message>
   <source>{} are free on the disk.</source>
   <translation>{} sind auf der Festplatte frei.</translation>
  </message>
 </context>
 <context>
  <name>FetchLine</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Do not show this any more</source>
   <translation>Dies nicht mehr zeigen</translation>
  </message>
  <message>
   <source>Fetching {}</source>
   <translation>{} wird geladen</translation>
  </message>
  <message>
   <source>Go on where it stopped</source>
   <translation>Dort weitermachen, wo es anhielt</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Stop fetching; what is here already is kept</source>
   <translation>Das Laden anhalten; was schon da ist, bleibt</translation>
  </message>
 </context>
 <context>
  <name>Figures</name>
  <message>
   <source>Get them on the page Models</source>
   <translation>Auf der Seite Modelle zu bekommen</translation>
  </message>
  <message>
   <source>Hundredths, means over people with their 95 % intervals. All but CLIP-T compare with held-out photos; Face Sim. counts pictures that show a face.</source>
   <translation>Hundertstel, Mittel über die Personen mit 95-%-Intervallen. Alle außer CLIP-T vergleichen mit zurückgehaltenen Fotos; Face Sim. zählt Bilder, die ein Gesicht zeigen.</translation>
  </message>
  <message>
   <source>Models that measure, to be downloaded</source>
   <translation>Messmodelle, die heruntergeladen werden müssen</translation>
  </message>
  <message>
   <source>{} are not installed.</source>
   <translation>{} sind nicht installiert.</translation>
  </message>
 </context>
 <context>
  <name>Files</name>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
 </context>
 <context>
  <name>Filters</name>
  <message>
   <source>Any rating</source>
   <translation>Bewertung</translation>
  </message>
  <message>
   <source>Any seed</source>
   <translation>Jeder Seed</translation>
  </message>
  <message>
   <source>Any style</source>
   <translation>Jeder Stil</translation>
  </message>
  <message>
   <source>At any time</source>
   <translation>Jederzeit</translation>
  </message>
  <message>
   <source>Best rated</source>
   <translation>Beste</translation>
  </message>
  <message>
   <source>Between…</source>
   <translation>Zwischen …</translation>
  </message>
  <message>
   <source>Every word has to occur; its beginning is enough (Ctrl+F)</source>
   <translation>Jedes Wort muss vorkommen; sein Anfang genügt (Strg+F)</translation>
  </message>
  <message>
   <source>Everyone</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>In the last month</source>
   <translation>Im letzten Monat</translation>
  </message>
  <message>
   <source>In the last week</source>
   <translation>In der letzten Woche</translation>
  </message>
  <message>
   <source>Made</source>
   <translation>Gemacht</translation>
  </message>
  <message>
   <source>More filters: seed and time</source>
   <translation>Weitere Filter: Seed und Zeit</translation>
  </message>
  <message>
   <source>Most alike</source>
   <translation>Ähnlichste</translation>
  </message>
  <message>
   <source>Newest first</source>
   <translation>Neueste</translation>
  </message>
  <message>
   <source>Oldest first</source>
   <translation>Älteste</translation>
  </message>
  <message>
   <source>Only portraits in this style</source>
   <translation>Nur Porträts in diesem Stil</translation>
  </message>
  <message>
   <source>Only portraits made in this time</source>
   <translation>Nur Porträts aus dieser Zeit</translation>
  </message>
  <message>
   <source>Only portraits made with this seed</source>
   <translation>Nur Porträts mit diesem Seed</translation>
  </message>
  <message>
   <source>Only portraits of this person</source>
   <translation>Nur Porträts dieser Person</translation>
  </message>
  <message>
   <source>Only portraits with so many stars</source>
   <translation>Nur Porträts mit so vielen Sternen</translation>
  </message>
  <message>
   <source>Search prompts, people and styles</source>
   <translation>Prompts, Personen und Stile suchen</translation>
  </message>
  <message>
   <source>Search the portraits</source>
   <translation>Porträts durchsuchen</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>To</source>
   <translation>Bis</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <source>What comes first</source>
   <translation>Was zuerst kommt</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
 </context>
 <context>
  <name>GalleryModel</name>
  <message>
   <source>{} stars</source>
   <translation>{} Sterne</translation>
  </message>
 </context>
 <context>
  <name>GalleryPage</name>
  <message>
   <source>1 portrait</source>
   <translation>1 Porträt</translation>
  </message>
  <message>
   <source>Clear the search</source>
   <translation>Suche leeren</translation>
  </message>
  <message>
   <source>Everything you make is kept here. You can also drop a portrait here to get its settings back.</source>
   <translation>Alles, was Sie machen, wird hier aufbewahrt. Sie können auch ein Porträt hierher ziehen, um seine Einstellungen zurückzubekommen.</translation>
  </message>
  <message>
   <source>Make your first portrait</source>
   <translation>Das erste Porträt machen</translation>
  </message>
  <message>
   <source>No portrait has all of this. Try fewer words or filters.</source>
   <translation>Kein Porträt hat all das. Versuchen Sie es mit weniger Wörtern oder Filtern.</translation>
  </message>
  <message>
   <source>No portraits yet</source>
   <translation>Noch keine Porträts</translation>
  </message>
  <message>
   <source>Nothing matches</source>
   <translation>Nichts passt</translation>
  </message>
  <message>
   <source>That portrait is not in the gallery any more.</source>
   <translation>Dieses Porträt ist nicht mehr in der Galerie.</translation>
  </message>
  <message>
   <source>{0} of {1}</source>
   <translation>{0} von {1}</translation>
  </message>
  <message>
   <source>{} portraits</source>
   <translation>{} Porträts</translation>
  </message>
 </context>
 <context>
  <name>Grid</name>
  <message>
   <source>Portraits</source>
   <translation>Porträts</translation>
  </message>
 </context>
 <context>
  <name>JobActions</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Abbrechen</translation>
  </message>
  <message>
   <source>&amp;First in line</source>
   <translation>An den An&amp;fang</translation>
  </message>
  <message>
   <source>&amp;Remove</source>
   <translation>&amp;Entfernen</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cancel or remove</source>
   <translation>Abbrechen oder entfernen</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>Wird abgebrochen …</translation>
  </message>
  <message>
   <source>First in line</source>
   <translation>An den Anfang</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move down (Ctrl+Down)</source>
   <translation>Nach unten (Strg+Ab)</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Move up (Ctrl+Up)</source>
   <translation>Nach oben (Strg+Auf)</translation>
  </message>
  <message>
   <source>Put the job into the line again; a tuning goes on from its last checkpoint</source>
   <translation>Den Auftrag erneut einreihen; ein Training geht ab seinem letzten Zwischenstand weiter</translation>
  </message>
  <message>
   <source>Remove from the list</source>
   <translation>Aus der Liste nehmen</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Run it before all others that wait (Ctrl+Home)</source>
   <translation>Vor allen anderen ausführen, die warten (Strg+Pos1)</translation>
  </message>
  <message>
   <source>Stop this job at its next step, or take it out of the line (Delete)</source>
   <translation>Diesen Auftrag beim nächsten Schritt anhalten oder aus der Warteschlange nehmen (Entf)</translation>
  </message>
  <message>
   <source>Take the job off the list; what it made stays (Delete)</source>
   <translation>Den Auftrag aus der Liste nehmen; was er gemacht hat, bleibt (Entf)</translation>
  </message>
 </context>
 <context>
  <name>JobBar</name>
  <message>
   <source>1 job was interrupted:</source>
   <translation>1 Auftrag wurde unterbrochen:</translation>
  </message>
  <message>
   <source>Cancel the running job</source>
   <translation>Den laufenden Auftrag abbrechen</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Einzelheiten</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Ausblenden</translation>
  </message>
  <message>
   <source>Go on with what was interrupted when the program stopped</source>
   <translation>Mit dem weitermachen, was beim Ende des Programms unterbrochen wurde</translation>
  </message>
  <message>
   <source>How far the running job is</source>
   <translation>Wie weit der laufende Auftrag ist</translation>
  </message>
  <message>
   <source>Not now; it stays in the list of jobs</source>
   <translation>Jetzt nicht; er bleibt in der Liste der Aufträge</translation>
  </message>
  <message>
   <source>Nothing is running</source>
   <translation>Es läuft nichts</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Show all jobs</source>
   <translation>Alle Aufträge zeigen</translation>
  </message>
  <message>
   <source>Show the failed job</source>
   <translation>Den fehlgeschlagenen Auftrag zeigen</translation>
  </message>
  <message>
   <source>{words}, and {count} more</source>
   <translation>{words}, und {count} weitere</translation>
  </message>
  <message>
   <source>{} jobs were interrupted:</source>
   <translation>{} Aufträge wurden unterbrochen:</translation>
  </message>
  <message>
   <source>{} waiting</source>
   <translation>{} warten</translation>
  </message>
  <message>
   <source>{}: stopping at its next step</source>
   <translation>{}: hält beim nächsten Schritt an</translation>
  </message>
 </context>
 <context>
  <name>JobDetails</name>
  <message>
   <source>How far the job is</source>
   <translation>Wie weit der Auftrag ist</translation>
  </message>
  <message>
   <source>Latest preview</source>
   <translation>Neueste Vorschau</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Log of the job</source>
   <translation>Protokoll des Auftrags</translation>
  </message>
  <message>
   <source>Pictures made</source>
   <translation>Gemachte Bilder</translation>
  </message>
  <message>
   <source>What was asked for</source>
   <translation>Was verlangt wurde</translation>
  </message>
  <message>
   <source>best likeness</source>
   <translation>beste Ähnlichkeit</translation>
  </message>
  <message>
   <source>device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>left</source>
   <translation>übrig</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>step</source>
   <translation>Schritt</translation>
  </message>
 </context>
 <context>
  <name>JobList</name>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
 </context>
 <context>
  <name>Jobs</name>
  <message>
   <source>Begins</source>
   <translation>Beginnt</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Do it again</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Done in {}</source>
   <translation>Fertig in {}</translation>
  </message>
  <message>
   <source>Ended</source>
   <translation>Beendet</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>Failed: {}</source>
   <translation>Fehlgeschlagen: {}</translation>
  </message>
  <message>
   <source>Given to the engine</source>
   <translation>Begonnen</translation>
  </message>
  <message>
   <source>Goes to</source>
   <translation>Ziel</translation>
  </message>
  <message>
   <source>Interrupted: the program was stopped</source>
   <translation>Unterbrochen: Das Programm wurde beendet</translation>
  </message>
  <message>
   <source>Into</source>
   <translation>In</translation>
  </message>
  <message>
   <source>Likeness {likeness:.2f} after {step} steps</source>
   <translation>Ähnlichkeit {likeness:.2f} nach {step} Schritten</translation>
  </message>
  <message>
   <source>LoRA</source>
   <translation>LoRA</translation>
  </message>
  <message>
   <source>Made of</source>
   <translation>Grundlage</translation>
  </message>
  <message>
   <source>Methods</source>
   <translation>Methoden</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>New person</source>
   <translation>Neue Person</translation>
  </message>
  <message>
   <source>Not</source>
   <translation>Ohne</translation>
  </message>
  <message>
   <source>Note: {}</source>
   <translation>Hinweis: {}</translation>
  </message>
  <message>
   <source>Painted {name}, likeness {likeness:.2f}</source>
   <translation>{name} gemalt, Ähnlichkeit {likeness:.2f}</translation>
  </message>
  <message>
   <source>Painted {}; no face is found in it</source>
   <translation>{} gemalt; kein Gesicht darin gefunden</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Photos</source>
   <translation>Fotos</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Put into the queue</source>
   <translation>In die Warteschlange gestellt</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <source>Runs on {}</source>
   <translation>Läuft auf {}</translation>
  </message>
  <message>
   <source>Scene</source>
   <translation>Szene</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Seeds</source>
   <translation>Seeds</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Takes</source>
   <translation>Übernimmt</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <source>a day</source>
   <translation>einen Tag</translation>
  </message>
  <message>
   <source>about {} days</source>
   <translation>etwa {} Tage</translation>
  </message>
  <message>
   <source>about {} h</source>
   <translation>etwa {} Std.</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>done in {}</source>
   <translation>fertig in {}</translation>
  </message>
  <message>
   <source>failed: {}</source>
   <translation>fehlgeschlagen: {}</translation>
  </message>
  <message>
   <source>getting ready</source>
   <translation>macht sich bereit</translation>
  </message>
  <message>
   <source>interrupted: stopped by a restart</source>
   <translation>durch einen Neustart unterbrochen</translation>
  </message>
  <message>
   <source>left eye</source>
   <translation>linkes Auge</translation>
  </message>
  <message>
   <source>mouth</source>
   <translation>Mund</translation>
  </message>
  <message>
   <source>nose</source>
   <translation>Nase</translation>
  </message>
  <message>
   <source>rank {rank}, rate {rate:g}</source>
   <translation>Rang {rank}, Rate {rate:g}</translation>
  </message>
  <message>
   <source>right eye</source>
   <translation>rechtes Auge</translation>
  </message>
  <message>
   <source>running {steps} · {left}</source>
   <translation>läuft {steps} · {left}</translation>
  </message>
  <message>
   <source>running {}</source>
   <translation>läuft {}</translation>
  </message>
  <message>
   <source>the log says why</source>
   <translation>das Protokoll sagt, warum</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>where the last run stopped</source>
   <translation>wo der letzte Lauf endete</translation>
  </message>
  <message>
   <source>{device}, {precision}</source>
   <translation>{device}, {precision}</translation>
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation>{first} bis {last}</translation>
  </message>
  <message>
   <source>{steps}, {batch} pictures each</source>
   <translation>{steps}, je {batch} Bilder</translation>
  </message>
  <message>
   <source>{title} {steps}, {left} left</source>
   <translation>{title} {steps}, noch {left}</translation>
  </message>
  <message>
   <source>{what}, {total} steps</source>
   <translation>{what}, {total} Schritte</translation>
  </message>
  <message>
   <source>{} and {}</source>
   <translation>{} und {}</translation>
  </message>
  <message>
   <source>{} for each attribute</source>
   <translation>{} je Merkmal</translation>
  </message>
  <message>
   <source>{} left</source>
   <translation>noch {}</translation>
  </message>
  <message>
   <source>{}'s {}</source>
   <translation>{}: {}</translation>
  </message>
  <message>
   <source>{}: getting ready</source>
   <translation>{}: macht sich bereit</translation>
  </message>
 </context>
 <context>
  <name>JobsPage</name>
  <message>
   <source>&amp;New person</source>
   <translation>&amp;Neue Person</translation>
  </message>
  <message>
   <source>Cancel &amp;all</source>
   <translation>&amp;Alle abbrechen</translation>
  </message>
  <message>
   <source>Clear &amp;ended</source>
   <translation>B&amp;eendete entfernen</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Make a person from photos</source>
   <translation>Eine Person aus Fotos anlegen</translation>
  </message>
  <message>
   <source>No jobs yet</source>
   <translation>Noch keine Aufträge</translation>
  </message>
  <message>
   <source>Stop what runs, and take everything out of the line</source>
   <translation>Anhalten, was läuft, und alles aus der Warteschlange nehmen</translation>
  </message>
  <message>
   <source>Take all ended jobs off the list; what they made stays</source>
   <translation>Alle beendeten Aufträge aus der Liste nehmen; was sie gemacht haben, bleibt</translation>
  </message>
  <message>
   <source>Tuning, painting and mixing run here one after the other. Begin with a person.</source>
   <translation>Trainieren, Malen und Mischen laufen hier nacheinander. Beginnen Sie mit einer Person.</translation>
  </message>
  <message>
   <source>somebody who was deleted</source>
   <translation>jemand, der gelöscht wurde</translation>
  </message>
 </context>
 <context>
  <name>KnownWords</name>
  <message>
   <source>Also: {0}</source>
   <translation>Auch: {0}</translation>
  </message>
  <message>
   <source>Scenes and faces are made of these, of styles and of many words that mean the same. A click puts words into the prompt or takes them out.</source>
   <translation>Daraus entstehen Szenen und Gesichter, dazu Stile und viele gleichbedeutende Wörter. Ein Klick setzt Wörter in den Prompt oder nimmt sie heraus.</translation>
  </message>
  <message>
   <source>What the starter models know</source>
   <translation>Was die Startmodelle kennen</translation>
  </message>
 </context>
 <context>
  <name>LibraryPanel</name>
  <message>
   <source>Add somebody from a few photos</source>
   <translation>Jemanden aus ein paar Fotos anlegen</translation>
  </message>
  <message>
   <source>Add somebody from three photos or more, or drop the photos here.</source>
   <translation>Legen Sie jemanden aus mindestens drei Fotos an, oder ziehen Sie die Fotos hierher.</translation>
  </message>
  <message>
   <source>An invented person whose photos come with the program</source>
   <translation>Eine erfundene Person, deren Fotos mit dem Programm kommen</translation>
  </message>
  <message>
   <source>By likeness</source>
   <translation>Nach Ähnlichkeit</translation>
  </message>
  <message>
   <source>By name</source>
   <translation>Nach Namen</translation>
  </message>
  <message>
   <source>By state</source>
   <translation>Nach Zustand</translation>
  </message>
  <message>
   <source>Find people by name</source>
   <translation>Personen nach Namen finden</translation>
  </message>
  <message>
   <source>More for the people chosen</source>
   <translation>Mehr für die gewählten Personen</translation>
  </message>
  <message>
   <source>New person</source>
   <translation>Neue Person</translation>
  </message>
  <message>
   <source>Newest first</source>
   <translation>Neueste</translation>
  </message>
  <message>
   <source>No such name</source>
   <translation>Kein solcher Name</translation>
  </message>
  <message>
   <source>Nobody here yet</source>
   <translation>Noch niemand hier</translation>
  </message>
  <message>
   <source>Nobody's name has these words in it.</source>
   <translation>Kein Name enthält diese Wörter.</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Sort people</source>
   <translation>Personen sortieren</translation>
  </message>
  <message>
   <source>Try with a sample person</source>
   <translation>Mit Beispielperson probieren</translation>
  </message>
  <message>
   <source>{shown:,} of {all:,}</source>
   <translation>{shown:,} von {all:,}</translation>
  </message>
 </context>
 <context>
  <name>Likeness</name>
  <message>
   <source>1 method</source>
   <translation>1 Methode</translation>
  </message>
  <message>
   <source>1 person</source>
   <translation>1 Person</translation>
  </message>
  <message>
   <source>1 picture</source>
   <translation>1 Bild</translation>
  </message>
  <message>
   <source>1 picture of each</source>
   <translation>je 1 Bild</translation>
  </message>
  <message>
   <source>1 prompt</source>
   <translation>1 Prompt</translation>
  </message>
  <message>
   <source>1 tuning</source>
   <translation>1 Training</translation>
  </message>
  <message>
   <source>A program of its own: see facea-desktop evaluate --help</source>
   <translation>Ein eigenes Programm: siehe facea-desktop evaluate --help</translation>
  </message>
  <message>
   <source>Also learns eyes, nose and mouth by name</source>
   <translation>Lernt auch Augen, Nase und Mund beim Namen</translation>
  </message>
  <message>
   <source>And words for each: what Tune does</source>
   <translation>Und Wörter für jedes: das, was Trainieren tut</translation>
  </message>
  <message>
   <source>Best looking</source>
   <translation>Am schönsten</translation>
  </message>
  <message>
   <source>DreamBooth LoRA</source>
   <translation>DreamBooth LoRA</translation>
  </message>
  <message>
   <source>Face alone</source>
   <translation>Nur das Gesicht</translation>
  </message>
  <message>
   <source>Face and parts</source>
   <translation>Gesicht und Teile</translation>
  </message>
  <message>
   <source>Face and words</source>
   <translation>Gesicht und Wörter</translation>
  </message>
  <message>
   <source>FaceA-Net</source>
   <translation>FaceA-Net</translation>
  </message>
  <message>
   <source>Fits the words</source>
   <translation>Passt zu den Worten</translation>
  </message>
  <message>
   <source>IP-Adapter</source>
   <translation>IP-Adapter</translation>
  </message>
  <message>
   <source>IP-Adapter, face</source>
   <translation>IP-Adapter, Gesicht</translation>
  </message>
  <message>
   <source>Learns nobody; the photos guide the large model</source>
   <translation>Lernt niemanden; die Fotos leiten das große Modell</translation>
  </message>
  <message>
   <source>Learns the face as a whole</source>
   <translation>Lernt das Gesicht als Ganzes</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>Methode</translation>
  </message>
  <message>
   <source>Most like the person</source>
   <translation>Am ähnlichsten</translation>
  </message>
  <message>
   <source>Nobody is learned: the models alone</source>
   <translation>Niemand wird gelernt: die Modelle allein</translation>
  </message>
  <message>
   <source>Not installed; fetch it on the page Models</source>
   <translation>Nicht installiert; auf der Seite Modelle zu laden</translation>
  </message>
  <message>
   <source>The face as a whole, with words for it</source>
   <translation>Das Gesicht als Ganzes, mit Wörtern dafür</translation>
  </message>
  <message>
   <source>The same in the second stage alone</source>
   <translation>Dasselbe nur in der zweiten Stufe</translation>
  </message>
  <message>
   <source>The usual way: a rare word for a person</source>
   <translation>Der übliche Weg: ein seltenes Wort für eine Person</translation>
  </message>
  <message>
   <source>Untuned</source>
   <translation>Untrainiert</translation>
  </message>
  <message>
   <source>Which fits the words best?</source>
   <translation>Welches passt am besten zu den Worten?</translation>
  </message>
  <message>
   <source>Which is most like {}?</source>
   <translation>Welches ist {} am ähnlichsten?</translation>
  </message>
  <message>
   <source>Which looks best?</source>
   <translation>Welches sieht am besten aus?</translation>
  </message>
  <message>
   <source>With a face</source>
   <translation>Mit Gesicht</translation>
  </message>
  <message>
   <source>could not be finished</source>
   <translation>konnte nicht beendet werden</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>not finished</source>
   <translation>nicht beendet</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>nicht installiert</translation>
  </message>
  <message>
   <source>{0} of {1}</source>
   <translation>{0} von {1}</translation>
  </message>
  <message>
   <source>{0} to {1}</source>
   <translation>{0} bis {1}</translation>
  </message>
  <message>
   <source>{best} is most like these people, and more than chance explains before {second}.</source>
   <translation>{best} ist diesen Personen am ähnlichsten, und zwar mehr, als der Zufall vor {second} erklärt.</translation>
  </message>
  <message>
   <source>{best} is most like these people, but chance alone could put it before {second}.</source>
   <translation>{best} ist diesen Personen am ähnlichsten, doch der Zufall allein könnte es vor {second} setzen.</translation>
  </message>
  <message>
   <source>{best} is most like {person}, then {second}. One person says little about others.</source>
   <translation>{best} ist {person} am ähnlichsten, dann {second}. Eine Person sagt wenig über andere.</translation>
  </message>
  <message>
   <source>{pictures} and {tunings}</source>
   <translation>{pictures} und {tunings}</translation>
  </message>
  <message>
   <source>{} methods</source>
   <translation>{} Methoden</translation>
  </message>
  <message>
   <source>{} people</source>
   <translation>{} Personen</translation>
  </message>
  <message>
   <source>{} pictures</source>
   <translation>{} Bilder</translation>
  </message>
  <message>
   <source>{} pictures of each</source>
   <translation>je {} Bilder</translation>
  </message>
  <message>
   <source>{} prompts</source>
   <translation>{} Prompts</translation>
  </message>
  <message>
   <source>{} tunings</source>
   <translation>{} Trainings</translation>
  </message>
  <message>
   <source>{}, no tuning</source>
   <translation>{}, kein Training</translation>
  </message>
 </context>
 <context>
  <name>LikenessPlot</name>
  <message>
   <source>Likeness by step; the best is {score} at step {step}</source>
   <translation>Ähnlichkeit je Schritt; am besten ist {score} bei Schritt {step}</translation>
  </message>
  <message>
   <source>best {score}</source>
   <translation>am besten {score}</translation>
  </message>
  <message>
   <source>likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>step</source>
   <translation>Schritt</translation>
  </message>
 </context>
 <context>
  <name>LogViewer</name>
  <message numerus="yes">
   <source>%n entries</source>
   <translation>
    <numerusform>%n Eintrag</numerusform>
    <numerusform>%n Einträge</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>&amp;Kopieren</translation>
  </message>
  <message>
   <source>&amp;Save a report…</source>
   <translation>Bericht &amp;speichern …</translation>
  </message>
  <message>
   <source>A text file for whoever helps you: versions and log, without names, prompts and paths</source>
   <translation>Eine Textdatei für alle, die Ihnen helfen: Versionen und Protokoll, ohne Namen, Prompts und Pfade</translation>
  </message>
  <message>
   <source>Copy what is selected, or all that is shown</source>
   <translation>Die Auswahl kopieren, oder alles, was gezeigt wird</translation>
  </message>
  <message>
   <source>Errors</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Everything</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>No entry fits. Try other words, or show everything.</source>
   <translation>Kein Eintrag passt. Versuchen Sie andere Wörter, oder zeigen Sie alles.</translation>
  </message>
  <message>
   <source>Nothing has been logged yet. That is good news.</source>
   <translation>Noch steht nichts im Protokoll. Das ist eine gute Nachricht.</translation>
  </message>
  <message>
   <source>Open the folder that holds the log</source>
   <translation>Den Ordner mit dem Protokoll öffnen</translation>
  </message>
  <message>
   <source>Save a report</source>
   <translation>Bericht speichern</translation>
  </message>
  <message>
   <source>Search the log</source>
   <translation>Im Protokoll suchen</translation>
  </message>
  <message>
   <source>Show in &amp;folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>Show only entries with these words</source>
   <translation>Nur Einträge mit diesen Wörtern zeigen</translation>
  </message>
  <message>
   <source>Text files (*.txt)</source>
   <translation>Textdateien (*.txt)</translation>
  </message>
  <message>
   <source>Warnings and errors</source>
   <translation>Warnungen und Fehler</translation>
  </message>
  <message>
   <source>What to show</source>
   <translation>Was gezeigt wird</translation>
  </message>
  <message>
   <source>{} could not be saved. Choose another folder.</source>
   <translation>{} konnte nicht gespeichert werden. Wählen Sie einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{} is saved. Read it before you pass it on: you know best what is private.</source>
   <translation>{} ist gespeichert. Lesen Sie den Bericht, bevor Sie ihn weitergeben: Sie wissen am besten, was privat ist.</translation>
  </message>
 </context>
 <context>
  <name>LooksPage</name>
  <message>
   <source>&amp;Dark</source>
   <translation>&amp;Dunkel</translation>
  </message>
  <message>
   <source>&amp;Light</source>
   <translation>&amp;Hell</translation>
  </message>
  <message>
   <source>As the &amp;system</source>
   <translation>Wie das &amp;System</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Pictures are judged best on a dark, neutral ground.</source>
   <translation>Bilder beurteilt man am besten auf dunklem, neutralem Grund.</translation>
  </message>
  <message>
   <source>The window speaks it from its next start on.</source>
   <translation>Das Fenster spricht sie ab dem nächsten Start.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Design</translation>
  </message>
 </context>
 <context>
  <name>LooksPicker</name>
  <message>
   <source>Correct</source>
   <translation>Korrigieren</translation>
  </message>
  <message>
   <source>Let the program see hair, age, skin and glasses on the photos</source>
   <translation>Haare, Alter, Haut und Brille von den Fotos ablesen lassen</translation>
  </message>
  <message>
   <source>Read from the photos</source>
   <translation>Von den Fotos ablesen</translation>
  </message>
  <message>
   <source>Scenes follow this unless the prompt says otherwise.</source>
   <translation>Szenen richten sich danach, wenn der Prompt nichts anderes sagt.</translation>
  </message>
  <message>
   <source>not said</source>
   <translation>keine Angabe</translation>
  </message>
 </context>
 <context>
  <name>LoraDialog</name>
  <message>
   <source>A LoRA file holds no name. The word man or woman goes into the prompts.</source>
   <translation>Eine LoRA-Datei enthält keinen Namen. Das Wort man oder woman kommt in die Prompts.</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Who is in {file}?</source>
   <translation>Wer ist in {file}?</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>FaceA Desktop</source>
   <translation>FaceA Desktop</translation>
  </message>
  <message>
   <source>Gallery</source>
   <translation>Galerie</translation>
  </message>
  <message>
   <source>If you quit, it is stopped and can be resumed the next time.</source>
   <translation>Wenn Sie beenden, wird der Auftrag angehalten und kann beim nächsten Mal fortgesetzt werden.</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Keep working</source>
   <translation>Weiterarbeiten</translation>
  </message>
  <message>
   <source>Likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>Mixer</source>
   <translation>Mischer</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Portrait</source>
   <translation>Porträt</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Optionen</translation>
  </message>
  <message>
   <source>Studio</source>
   <translation>Studio</translation>
  </message>
  <message>
   <source>The program ended unexpectedly the last time. What is known stands in the log (Help, Show log).</source>
   <translation>Das Programm wurde beim letzten Mal unerwartet beendet. Was darüber bekannt ist, steht im Protokoll (Hilfe, Protokoll anzeigen).</translation>
  </message>
  <message>
   <source>“{0}” is still running.</source>
   <translation>„{0}“ läuft noch.</translation>
  </message>
 </context>
 <context>
  <name>MakeBar</name>
  <message>
   <source>All the steps</source>
   <translation>Alle Schritte</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Draft</source>
   <translation>Grob</translation>
  </message>
  <message>
   <source>Final</source>
   <translation>Fein</translation>
  </message>
  <message>
   <source>Half the steps: a quick look</source>
   <translation>Die Hälfte der Schritte: ein schneller Blick</translation>
  </message>
  <message>
   <source>How many pictures to make, each from the next seed</source>
   <translation>Wie viele Bilder gemacht werden, jedes vom nächsten Seed</translation>
  </message>
  <message>
   <source>Make</source>
   <translation>Malen</translation>
  </message>
  <message>
   <source>Make the pictures (Ctrl+Enter)</source>
   <translation>Die Bilder machen (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Number of pictures</source>
   <translation>Anzahl der Bilder</translation>
  </message>
  <message>
   <source>Painting {0} of {1}</source>
   <translation>Malt {0} von {1}</translation>
  </message>
  <message>
   <source>Stop this painting</source>
   <translation>Dieses Malen anhalten</translation>
  </message>
  <message>
   <source>Waiting for its turn</source>
   <translation>Wartet, bis es drankommt</translation>
  </message>
  <message>
   <source>{0} min left</source>
   <translation>noch {0} min</translation>
  </message>
  <message>
   <source>{0} more waiting</source>
   <translation>{0} weitere warten</translation>
  </message>
  <message>
   <source>{0} s left</source>
   <translation>noch {0} s</translation>
  </message>
 </context>
 <context>
  <name>MaskEditor</name>
  <message>
   <source>&amp;Discard</source>
   <translation>&amp;Verwerfen</translation>
  </message>
  <message>
   <source>&amp;Keep</source>
   <translation>&amp;Behalten</translation>
  </message>
  <message>
   <source>Brush</source>
   <translation>Pinsel</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Ellipse</source>
   <translation>Ellipse</translation>
  </message>
  <message>
   <source>Eraser</source>
   <translation>Radierer</translation>
  </message>
  <message>
   <source>Feather</source>
   <translation>Weichzeichnen</translation>
  </message>
  <message>
   <source>Grow</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Invert</source>
   <translation>Umkehren</translation>
  </message>
  <message>
   <source>Lasso</source>
   <translation>Lasso</translation>
  </message>
  <message>
   <source>Leave, and let the masks be as they were</source>
   <translation>Zurück, und die Masken lassen, wie sie waren</translation>
  </message>
  <message>
   <source>Masks of {photo}</source>
   <translation>Masken von {photo}</translation>
  </message>
  <message>
   <source>Paint over what belongs to the part, and erase what does not.</source>
   <translation>Übermalen Sie, was zum Teil gehört, und radieren Sie, was nicht dazugehört.</translation>
  </message>
  <message>
   <source>Paint the mask of this part (Ctrl+{number})</source>
   <translation>Die Maske dieses Teils malen (Strg+{number})</translation>
  </message>
  <message>
   <source>Rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Save the masks and leave</source>
   <translation>Die Masken speichern und zurück</translation>
  </message>
  <message>
   <source>Select part</source>
   <translation>Teil auswählen</translation>
  </message>
  <message>
   <source>Shrink</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>The mask of {parts} is empty. Paint it, or cancel to keep it as it was.</source>
   <translation>Die Maske ({parts}) ist leer. Malen Sie sie, oder brechen Sie ab, um sie zu behalten, wie sie war.</translation>
  </message>
  <message>
   <source>The masks were changed. Keep the changes, or discard them?</source>
   <translation>Die Masken wurden geändert. Die Änderungen behalten oder verwerfen?</translation>
  </message>
 </context>
 <context>
  <name>Menus</name>
  <message>
   <source>&amp;About FaceA Desktop</source>
   <translation>Ü&amp;ber FaceA Desktop</translation>
  </message>
  <message>
   <source>&amp;Clear ended ones</source>
   <translation>B&amp;eendete entfernen</translation>
  </message>
  <message>
   <source>&amp;Dark</source>
   <translation>&amp;Dunkel</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Bearbeiten</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Datei</translation>
  </message>
  <message>
   <source>&amp;Full screen</source>
   <translation>&amp;Vollbild</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Import a person…</source>
   <translation>Person &amp;importieren …</translation>
  </message>
  <message>
   <source>&amp;Jobs</source>
   <translation>Auf&amp;träge</translation>
  </message>
  <message>
   <source>&amp;Keyboard shortcuts</source>
   <translation>&amp;Tastenkürzel</translation>
  </message>
  <message>
   <source>&amp;Light</source>
   <translation>&amp;Hell</translation>
  </message>
  <message>
   <source>&amp;Mixer panel</source>
   <translation>&amp;Mischerfeld</translation>
  </message>
  <message>
   <source>&amp;New person…</source>
   <translation>&amp;Neue Person …</translation>
  </message>
  <message>
   <source>&amp;Open a picture as scene…</source>
   <translation>Bild als Szene öffn&amp;en …</translation>
  </message>
  <message>
   <source>&amp;Portrait panel</source>
   <translation>&amp;Porträtfeld</translation>
  </message>
  <message>
   <source>&amp;Quit</source>
   <translation>&amp;Beenden</translation>
  </message>
  <message>
   <source>&amp;Stop what runs now</source>
   <translation>Anhalten, was gerade &amp;läuft</translation>
  </message>
  <message>
   <source>&amp;Theme</source>
   <translation>&amp;Design</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ansicht</translation>
  </message>
  <message>
   <source>As the &amp;system</source>
   <translation>Wie das &amp;System</translation>
  </message>
  <message>
   <source>Cancel &amp;all</source>
   <translation>&amp;Alle abbrechen</translation>
  </message>
  <message>
   <source>Cancel, or take off the list</source>
   <translation>Abbrechen oder aus der Liste nehmen</translation>
  </message>
  <message>
   <source>Choose a picture</source>
   <translation>Ein Bild wählen</translation>
  </message>
  <message>
   <source>Delete the picture</source>
   <translation>Das Bild löschen</translation>
  </message>
  <message>
   <source>Delete what is chosen</source>
   <translation>Auswahl löschen</translation>
  </message>
  <message>
   <source>Earlier, later</source>
   <translation>Früher, später</translation>
  </message>
  <message>
   <source>Export what is chosen</source>
   <translation>Auswahl exportieren</translation>
  </message>
  <message>
   <source>First in line</source>
   <translation>An den Anfang</translation>
  </message>
  <message>
   <source>Gallery</source>
   <translation>Galerie</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Make portraits</source>
   <translation>Porträts machen</translation>
  </message>
  <message>
   <source>No portrait is chosen</source>
   <translation>Kein Porträt ist gewählt</translation>
  </message>
  <message>
   <source>Open the &amp;data folder</source>
   <translation>Daten&amp;ordner öffnen</translation>
  </message>
  <message>
   <source>P&amp;ortrait</source>
   <translation>&amp;Porträt</translation>
  </message>
  <message>
   <source>Pe&amp;rson</source>
   <translation>Pe&amp;rson</translation>
  </message>
  <message>
   <source>Rate it</source>
   <translation>Bewerten</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>See it large</source>
   <translation>Groß ansehen</translation>
  </message>
  <message>
   <source>Show &amp;log</source>
   <translation>&amp;Protokoll anzeigen</translation>
  </message>
  <message>
   <source>Skip the question</source>
   <translation>Die Frage überspringen</translation>
  </message>
  <message>
   <source>The one before, the next one</source>
   <translation>Das vorige, das nächste</translation>
  </message>
  <message>
   <source>The question before</source>
   <translation>Zur Frage davor</translation>
  </message>
  <message>
   <source>Use its settings</source>
   <translation>Einstellungen übernehmen</translation>
  </message>
  <message>
   <source>Voting</source>
   <translation>Abstimmung</translation>
  </message>
 </context>
 <context>
  <name>MethodPicker</name>
  <message>
   <source>More methods</source>
   <translation>Weitere Methoden</translation>
  </message>
  <message>
   <source>On the command line: {}</source>
   <translation>Auf der Befehlszeile: {}</translation>
  </message>
 </context>
 <context>
  <name>MixFace</name>
  <message>
   <source>Drop a person here for the {}, or click to choose</source>
   <translation>Ziehen Sie eine Person hierher ({}), oder klicken Sie zum Wählen</translation>
  </message>
  <message>
   <source>Face with the regions that can be taken from others</source>
   <translation>Gesicht mit den Stellen, die von anderen übernommen werden können</translation>
  </message>
  <message>
   <source>after</source>
   <translation>nachher</translation>
  </message>
  <message>
   <source>before</source>
   <translation>vorher</translation>
  </message>
 </context>
 <context>
  <name>Mixer</name>
  <message>
   <source>All of it is {}'s own so far.</source>
   <translation>Bisher ist alles von {}.</translation>
  </message>
  <message>
   <source>The leave to portray {} has ended. Ask again, then renew it on the person's page.</source>
   <translation>Die Einwilligung von {} ist abgelaufen. Fragen Sie erneut, und verlängern Sie sie auf der Seite der Person.</translation>
  </message>
  <message>
   <source>eyes</source>
   <translation>Augen</translation>
  </message>
  <message>
   <source>{base} with {gifts}</source>
   <translation>{base} mit {gifts}</translation>
  </message>
  <message>
   <source>{base}'s face with {gifts}; {steps} steps of tuning each.</source>
   <translation>Gesicht von {base} mit {gifts}; je {steps} Trainingsschritte.</translation>
  </message>
  <message>
   <source>{giver} was made with other models than {base} ({theirs}, not {ours}). Enrol {giver} again with {ours}, or choose somebody else.</source>
   <translation>{giver} wurde mit anderen Modellen gemacht als {base} ({theirs}, nicht {ours}). Nehmen Sie {giver} noch einmal mit {ours} auf, oder wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>{name} has no photo that shows the {what}. Add one, or choose somebody else.</source>
   <translation>Von {name} gibt es kein Foto, das dies zeigt: {what}. Fügen Sie eines hinzu, oder wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>{name} has {name}'s own {what} already. Choose somebody else.</source>
   <translation>{name} hat das schon von sich aus: {what}. Wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>{} has no photos to show a mix on. Choose somebody who was enrolled with photos.</source>
   <translation>Von {} gibt es keine Fotos, an denen sich eine Mischung zeigen ließe. Wählen Sie jemanden mit Fotos.</translation>
  </message>
  <message>
   <source>{} is not tuned yet. Tune first, then mix.</source>
   <translation>{} ist noch nicht trainiert. Erst trainieren, dann mischen.</translation>
  </message>
  <message>
   <source>{} is not tuned yet. Tune {} first, then take from them.</source>
   <translation>{} ist noch nicht trainiert. Trainieren Sie {} zuerst, dann lässt sich etwas übernehmen.</translation>
  </message>
  <message>
   <source>{}'s {}</source>
   <translation>{}: {}</translation>
  </message>
  <message>
   <source>{}, mixed</source>
   <translation>{}, gemischt</translation>
  </message>
 </context>
 <context>
  <name>MixerLayout</name>
  <message>
   <source>&amp;Choose a person</source>
   <translation>&amp;Person wählen</translation>
  </message>
  <message>
   <source>&amp;Live</source>
   <translation>&amp;Live</translation>
  </message>
  <message>
   <source>&amp;New person</source>
   <translation>&amp;Neue Person</translation>
  </message>
  <message>
   <source>&amp;Preview</source>
   <translation>&amp;Vorschau</translation>
  </message>
  <message>
   <source>Choose somebody in the library, then give them an eye, a nose or a mouth of somebody else.</source>
   <translation>Wählen Sie jemanden in der Bibliothek, und geben Sie der Person ein Auge, die Nase oder den Mund von jemand anderem.</translation>
  </message>
  <message>
   <source>Choose who to mix onto</source>
   <translation>Wählen, auf wen gemischt wird</translation>
  </message>
  <message>
   <source>Draw it again after every change</source>
   <translation>Nach jeder Änderung neu zeichnen</translation>
  </message>
  <message>
   <source>Draw the mix in seconds; nothing is tuned for it</source>
   <translation>Die Mischung in Sekunden zeichnen; dafür wird nichts trainiert</translation>
  </message>
  <message>
   <source>It takes two</source>
   <translation>Dazu gehören zwei</translation>
  </message>
  <message>
   <source>It takes two tuned people</source>
   <translation>Es braucht zwei trainierte Personen</translation>
  </message>
  <message>
   <source>Make a person from photos</source>
   <translation>Eine Person aus Fotos anlegen</translation>
  </message>
  <message>
   <source>Make and tune a second person to take attributes from: an eye, a nose or a mouth.</source>
   <translation>Legen Sie eine zweite Person an und trainieren Sie sie, um ihr etwas abzunehmen: ein Auge, eine Nase oder einen Mund.</translation>
  </message>
  <message>
   <source>Mix onto</source>
   <translation>Mischen auf</translation>
  </message>
  <message>
   <source>Mix onto somebody else</source>
   <translation>Auf jemand anderen mischen</translation>
  </message>
  <message>
   <source>Mix onto who is chosen on the left</source>
   <translation>Auf die links gewählte Person mischen</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Nobody is chosen</source>
   <translation>Niemand ist gewählt</translation>
  </message>
  <message>
   <source>Only people who are tuned can be mixed: one to mix onto, and one to take from.</source>
   <translation>Mischen lassen sich nur trainierte Personen: eine, auf die gemischt wird, und eine, die etwas gibt.</translation>
  </message>
  <message>
   <source>Show this person</source>
   <translation>Diese Person zeigen</translation>
  </message>
  <message>
   <source>Take nothing from anybody</source>
   <translation>Von niemandem etwas übernehmen</translation>
  </message>
 </context>
 <context>
  <name>MixerPanel</name>
  <message>
   <source>Drawing…</source>
   <translation>Wird gezeichnet …</translation>
  </message>
  <message>
   <source>Mix onto {} instead</source>
   <translation>Stattdessen auf {} mischen</translation>
  </message>
  <message>
   <source>Mixing {}</source>
   <translation>{} mischen</translation>
  </message>
  <message>
   <source>Open {}</source>
   <translation>{} öffnen</translation>
  </message>
  <message>
   <source>Tune {}</source>
   <translation>{} trainieren</translation>
  </message>
  <message>
   <source>leave ended</source>
   <translation>Einwilligung abgelaufen</translation>
  </message>
  <message>
   <source>made with other models</source>
   <translation>mit anderen Modellen gemacht</translation>
  </message>
  <message>
   <source>not tuned yet</source>
   <translation>noch nicht trainiert</translation>
  </message>
  <message>
   <source>of an earlier mix</source>
   <translation>einer früheren Mischung</translation>
  </message>
  <message>
   <source>the one you mix onto</source>
   <translation>auf diese Person wird gemischt</translation>
  </message>
  <message>
   <source>{} instead</source>
   <translation>Stattdessen {}</translation>
  </message>
 </context>
 <context>
  <name>ModelsPage</name>
  <message>
   <source>A family is a set of models that work together. New people are made with the family in use.</source>
   <translation>Eine Familie sind Modelle, die zusammenarbeiten. Neue Personen werden mit der verwendeten Familie gemacht.</translation>
  </message>
  <message>
   <source>Fetch {}</source>
   <translation>{} laden</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Use a .safetensors file</source>
   <translation>Eine .safetensors-Datei verwenden</translation>
  </message>
  <message>
   <source>Use a diffusers folder</source>
   <translation>Einen diffusers-Ordner verwenden</translation>
  </message>
  <message>
   <source>Weights (*.safetensors)</source>
   <translation>Gewichte (*.safetensors)</translation>
  </message>
  <message>
   <source>Your choice is kept. Fetch what is missing ({}), and it can be used.</source>
   <translation>Ihre Wahl ist gespeichert. Laden Sie, was fehlt ({}), dann kann sie verwendet werden.</translation>
  </message>
  <message>
   <source>{} is in use now.</source>
   <translation>{} wird jetzt verwendet.</translation>
  </message>
 </context>
 <context>
  <name>MoreBox</name>
  <message>
   <source>Adds hair, age, beard, skin and glasses of the person to the prompt where it says nothing of them.</source>
   <translation>Ergänzt Haare, Alter, Bart, Haut und Brille der Person, wo der Prompt nichts dazu sagt.</translation>
  </message>
  <message>
   <source>As the person looks</source>
   <translation>Wie die Person aussieht</translation>
  </message>
  <message>
   <source>Default ({0})</source>
   <translation>Vorgabe ({0})</translation>
  </message>
  <message>
   <source>Draw another seed</source>
   <translation>Einen anderen Seed ziehen</translation>
  </message>
  <message>
   <source>Face guidance</source>
   <translation>Führung Gesicht</translation>
  </message>
  <message>
   <source>Face steps</source>
   <translation>Schritte Gesicht</translation>
  </message>
  <message>
   <source>How closely the face keeps to its words</source>
   <translation>Wie genau sich das Gesicht an seine Worte hält</translation>
  </message>
  <message>
   <source>How closely the scene keeps to its words</source>
   <translation>Wie genau sich die Szene an ihre Worte hält</translation>
  </message>
  <message>
   <source>How much of the face that was there is forgotten; 1 paints it all anew</source>
   <translation>Wie viel vom vorigen Gesicht vergessen wird; 1 malt es ganz neu</translation>
  </message>
  <message>
   <source>How the noise is taken away step by step</source>
   <translation>Wie das Rauschen Schritt für Schritt weggenommen wird</translation>
  </message>
  <message>
   <source>Keep this seed</source>
   <translation>Diesen Seed behalten</translation>
  </message>
  <message>
   <source>Keep this seed for the next pictures</source>
   <translation>Diesen Seed für die nächsten Bilder behalten</translation>
  </message>
  <message>
   <source>Same without the person (compare)</source>
   <translation>Ohne die Person (zum Vergleich)</translation>
  </message>
  <message>
   <source>Scene guidance</source>
   <translation>Führung Szene</translation>
  </message>
  <message>
   <source>Scene steps</source>
   <translation>Schritte Szene</translation>
  </message>
  <message>
   <source>Scheduler</source>
   <translation>Verfahren</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Shows what the model paints without what it learned of the person.</source>
   <translation>Zeigt, was das Modell ohne das malt, was es von der Person gelernt hat.</translation>
  </message>
  <message>
   <source>Steps that paint the face</source>
   <translation>Schritte, die das Gesicht malen</translation>
  </message>
  <message>
   <source>Steps that paint the scene</source>
   <translation>Schritte, die die Szene malen</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>The same seed and settings give the same picture.</source>
   <translation>Derselbe Seed und dieselben Einstellungen geben dasselbe Bild.</translation>
  </message>
  <message>
   <source>The seed is kept; click to draw one each time</source>
   <translation>Der Seed wird behalten; Klick, um jedes Mal einen zu ziehen</translation>
  </message>
  <message>
   <source>What the picture must not show</source>
   <translation>Was das Bild nicht zeigen soll</translation>
  </message>
  <message>
   <source>Without</source>
   <translation>Ohne</translation>
  </message>
 </context>
 <context>
  <name>MoreMethods</name>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleichen</translation>
  </message>
  <message>
   <source>Compare further methods on “{}”</source>
   <translation>Weitere Methoden an „{}“ vergleichen</translation>
  </message>
  <message>
   <source>What was made and every vote stays.</source>
   <translation>Was gemacht wurde und jede Stimme bleibt erhalten.</translation>
  </message>
 </context>
 <context>
  <name>MoreSettings</name>
  <message>
   <source>S&amp;teps for each</source>
   <translation>Je &amp;Schritte</translation>
  </message>
  <message>
   <source>See&amp;d</source>
   <translation>See&amp;d</translation>
  </message>
  <message>
   <source>Steps of tuning for each attribute when the mix is made to stay</source>
   <translation>Trainingsschritte je Merkmal, wenn die Mischung bleiben soll</translation>
  </message>
  <message>
   <source>The same seed gives the same preview again</source>
   <translation>Derselbe Seed gibt wieder dieselbe Vorschau</translation>
  </message>
 </context>
 <context>
  <name>NameEdit</name>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Rename (F2)</source>
   <translation>Umbenennen (F2)</translation>
  </message>
 </context>
 <context>
  <name>NewComparison</name>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleichen</translation>
  </message>
  <message>
   <source>1 person</source>
   <translation>1 Person</translation>
  </message>
  <message>
   <source>A folder of people</source>
   <translation>Ordner mit Personen</translation>
  </message>
  <message>
   <source>Add photos of one person.</source>
   <translation>Fügen Sie Fotos einer Person hinzu.</translation>
  </message>
  <message>
   <source>Choose a &amp;folder…</source>
   <translation>&amp;Ordner wählen …</translation>
  </message>
  <message>
   <source>Choose a folder of people</source>
   <translation>Ordner mit Personen wählen</translation>
  </message>
  <message>
   <source>Choose a folder with a folder of photos for each person.</source>
   <translation>Wählen Sie einen Ordner mit einem Fotoordner für jede Person.</translation>
  </message>
  <message>
   <source>Choose a method.</source>
   <translation>Wählen Sie eine Methode.</translation>
  </message>
  <message>
   <source>Copies of the photos and all pictures stay on this computer until you delete the comparison.</source>
   <translation>Kopien der Fotos und alle Bilder bleiben auf diesem Rechner, bis Sie den Vergleich löschen.</translation>
  </message>
  <message>
   <source>Copying the photos …</source>
   <translation>Die Fotos werden kopiert …</translation>
  </message>
  <message>
   <source>Each method learns a person from three photos. What it paints is measured against photos that it has never seen.</source>
   <translation>Jede Methode lernt eine Person aus drei Fotos. Was sie malt, wird an Fotos gemessen, die sie nie gesehen hat.</translation>
  </message>
  <message>
   <source>Give the person a name.</source>
   <translation>Geben Sie der Person einen Namen.</translation>
  </message>
  <message>
   <source>How long each tuned method learns a person</source>
   <translation>Wie lange jede trainierte Methode eine Person lernt</translation>
  </message>
  <message>
   <source>It holds a folder of four photos or more for each person, and people.json, which says who is a woman or a man: {"anna": "woman", "ben": "man"}.</source>
   <translation>Er enthält für jede Person einen Ordner mit mindestens vier Fotos und eine people.json, die sagt, wer Frau oder Mann ist: {"anna": "woman", "ben": "man"}.</translation>
  </message>
  <message>
   <source>Looking at the photos …</source>
   <translation>Die Fotos werden angesehen …</translation>
  </message>
  <message>
   <source>Many people at once</source>
   <translation>Viele Personen auf einmal</translation>
  </message>
  <message>
   <source>May these faces be portrayed?</source>
   <translation>Dürfen diese Gesichter porträtiert werden?</translation>
  </message>
  <message>
   <source>May this face be portrayed?</source>
   <translation>Darf dieses Gesicht porträtiert werden?</translation>
  </message>
  <message>
   <source>Methods</source>
   <translation>Methoden</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of the person</source>
   <translation>Name der Person</translation>
  </message>
  <message>
   <source>One person</source>
   <translation>Eine Person</translation>
  </message>
  <message>
   <source>P&amp;rompts, one a line; {subject} becomes woman or man</source>
   <translation>P&amp;rompts, einer je Zeile; aus {subject} wird woman oder man</translation>
  </message>
  <message>
   <source>Photos of one person</source>
   <translation>Fotos einer Person</translation>
  </message>
  <message>
   <source>Pictures of each prompt</source>
   <translation>Bilder je Prompt</translation>
  </message>
  <message>
   <source>Pictures that each method makes of each prompt</source>
   <translation>Bilder, die jede Methode von jedem Prompt macht</translation>
  </message>
  <message>
   <source>Prompts, one a line</source>
   <translation>Prompts, einer je Zeile</translation>
  </message>
  <message>
   <source>Put the comparison into the queue; it can be stopped and goes on where it was</source>
   <translation>Den Vergleich in die Warteschlange stellen; er kann angehalten werden und geht dort weiter</translation>
  </message>
  <message>
   <source>Say whether it is a woman or a man.</source>
   <translation>Sagen Sie, ob es eine Frau oder ein Mann ist.</translation>
  </message>
  <message>
   <source>Say why the face may be portrayed.</source>
   <translation>Geben Sie an, warum das Gesicht porträtiert werden darf.</translation>
  </message>
  <message>
   <source>Somebody of the &amp;library</source>
   <translation>Jemand aus der Bi&amp;bliothek</translation>
  </message>
  <message>
   <source>Take the photos of a person whom you have added already</source>
   <translation>Die Fotos einer Person nehmen, die schon angelegt ist</translation>
  </message>
  <message>
   <source>The face may not be portrayed any more; renew that on the person's page.</source>
   <translation>Das Gesicht darf nicht mehr porträtiert werden; erneuern Sie das auf der Seite der Person.</translation>
  </message>
  <message>
   <source>The first tuning on this machine measures how long it takes.</source>
   <translation>Das erste Training auf diesem Rechner misst, wie lange es dauert.</translation>
  </message>
  <message>
   <source>The models in use are not complete; fetch them on the page Models.</source>
   <translation>Die verwendeten Modelle sind nicht vollständig; laden Sie sie auf der Seite Modelle.</translation>
  </message>
  <message>
   <source>The tunings alone take {}.</source>
   <translation>Allein das Training dauert {}.</translation>
  </message>
  <message>
   <source>There is no people.json: say whether they are women or men.</source>
   <translation>Es gibt keine people.json: Sagen Sie, ob es Frauen oder Männer sind.</translation>
  </message>
  <message>
   <source>There is nobody with photos yet</source>
   <translation>Es gibt noch niemanden mit Fotos</translation>
  </message>
  <message>
   <source>Tuning</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>What is painted</source>
   <translation>Was gemalt wird</translation>
  </message>
  <message>
   <source>What you call the person here</source>
   <translation>Wie Sie die Person hier nennen</translation>
  </message>
  <message>
   <source>Which method is most like you?</source>
   <translation>Welche Methode ist Ihnen am ähnlichsten?</translation>
  </message>
  <message>
   <source>Write a prompt.</source>
   <translation>Schreiben Sie einen Prompt.</translation>
  </message>
  <message>
   <source>{name}, {steps} steps</source>
   <translation>{name}, {steps} Schritte</translation>
  </message>
  <message>
   <source>{people}: three photos each are learned from, {held} are held out.</source>
   <translation>{people}: Von jeder werden drei Fotos gelernt, {held} werden zurückgehalten.</translation>
  </message>
  <message>
   <source>{} people</source>
   <translation>{} Personen</translation>
  </message>
 </context>
 <context>
  <name>NewPersonForm</name>
  <message>
   <source>&amp;Name</source>
   <translation>&amp;Name</translation>
  </message>
  <message>
   <source>How much to learn</source>
   <translation>Wie viel gelernt wird</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>May this face be portrayed?</source>
   <translation>Darf dieses Gesicht porträtiert werden?</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Read from the photos once they are checked.</source>
   <translation>Wird von den Fotos abgelesen, sobald sie geprüft sind.</translation>
  </message>
  <message>
   <source>The cropped faces, their masks and what is learned from them stay on this computer, in {folder}. Deleting the person removes all of it.</source>
   <translation>Die zugeschnittenen Gesichter, ihre Masken und was daraus gelernt wird, bleiben auf diesem Rechner, in {folder}. Wird die Person gelöscht, ist all das fort.</translation>
  </message>
  <message>
   <source>What you call the person here</source>
   <translation>Wie Sie die Person hier nennen</translation>
  </message>
  <message>
   <source>What you call them</source>
   <translation>Wie Sie die Person nennen</translation>
  </message>
  <message>
   <source>a name</source>
   <translation>ein Name</translation>
  </message>
  <message>
   <source>why the face may be portrayed</source>
   <translation>warum das Gesicht porträtiert werden darf</translation>
  </message>
  <message>
   <source>woman or man</source>
   <translation>Frau oder Mann</translation>
  </message>
 </context>
 <context>
  <name>NewPersonPage</name>
  <message>
   <source>A few photos of one person are enough to learn the face.</source>
   <translation>Ein paar Fotos einer Person genügen, um das Gesicht zu lernen.</translation>
  </message>
  <message>
   <source>Add and tune</source>
   <translation>Anlegen und trainieren</translation>
  </message>
  <message>
   <source>Add the person and learn the face at once (Ctrl+Enter)</source>
   <translation>Die Person anlegen und das Gesicht gleich lernen (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Add the person now and tune later</source>
   <translation>Die Person jetzt anlegen und später trainieren</translation>
  </message>
  <message>
   <source>Adding …</source>
   <translation>Wird angelegt …</translation>
  </message>
  <message>
   <source>Check again</source>
   <translation>Erneut prüfen</translation>
  </message>
  <message>
   <source>Mend what is said about the photos.</source>
   <translation>Beheben Sie, was bei den Fotos steht.</translation>
  </message>
  <message>
   <source>New person</source>
   <translation>Neue Person</translation>
  </message>
  <message>
   <source>Only add</source>
   <translation>Nur anlegen</translation>
  </message>
  <message>
   <source>Still needed: {things}.</source>
   <translation>Es fehlt noch: {things}.</translation>
  </message>
  <message>
   <source>Take the photos away that cannot be used.</source>
   <translation>Nehmen Sie die Fotos weg, die nicht verwendet werden können.</translation>
  </message>
  <message>
   <source>The photos are being checked.</source>
   <translation>Die Fotos werden geprüft.</translation>
  </message>
  <message>
   <source>Tuning {name}</source>
   <translation>{name} trainieren</translation>
  </message>
  <message>
   <source>good</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>likeness {score}</source>
   <translation>ähnlich {score}</translation>
  </message>
  <message>
   <source>looking at it …</source>
   <translation>wird angesehen …</translation>
  </message>
  <message>
   <source>masks corrected</source>
   <translation>Masken berichtigt</translation>
  </message>
  <message>
   <source>not checked yet</source>
   <translation>noch nicht geprüft</translation>
  </message>
  <message>
   <source>photos</source>
   <translation>Fotos</translation>
  </message>
  <message>
   <source>{name} (sample {number})</source>
   <translation>{name} (Beispiel {number})</translation>
  </message>
  <message>
   <source>{name} (sample)</source>
   <translation>{name} (Beispiel)</translation>
  </message>
 </context>
 <context>
  <name>Notice</name>
  <message>
   <source>Dismiss</source>
   <translation>Ausblenden</translation>
  </message>
 </context>
 <context>
  <name>Outside</name>
  <message>
   <source>This desktop has no browser to show {} with. Open it by hand.</source>
   <translation>Auf diesem Rechner gibt es keinen Browser für {}. Öffnen Sie die Adresse selbst.</translation>
  </message>
  <message>
   <source>This desktop has no program to show {} with. Open it by hand.</source>
   <translation>Auf diesem Rechner gibt es kein Programm, das {} zeigt. Öffnen Sie es selbst.</translation>
  </message>
  <message>
   <source>{} is not there any more.</source>
   <translation>{} ist nicht mehr da.</translation>
  </message>
 </context>
 <context>
  <name>PartChip</name>
  <message>
   <source>Select it; Shift adds it, Alt or the right button takes it away</source>
   <translation>Auswählen; Umschalt fügt es hinzu, Alt oder die rechte Taste nimmt es weg</translation>
  </message>
 </context>
 <context>
  <name>PartField</name>
  <message>
   <source>Follow the prompt again</source>
   <translation>Wieder dem Prompt folgen</translation>
  </message>
  <message>
   <source>by hand</source>
   <translation>von Hand</translation>
  </message>
  <message>
   <source>from the prompt</source>
   <translation>aus dem Prompt</translation>
  </message>
 </context>
 <context>
  <name>PartPicker</name>
  <message>
   <source>Looking for the parts of the face…</source>
   <translation>Die Teile des Gesichts werden gesucht …</translation>
  </message>
 </context>
 <context>
  <name>PeopleActions</name>
  <message>
   <source>&amp;Delete for good…</source>
   <translation>Endgültig &amp;löschen …</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>E&amp;xportieren …</translation>
  </message>
  <message>
   <source>&amp;Import…</source>
   <translation>&amp;Importieren …</translation>
  </message>
  <message>
   <source>&amp;Mix…</source>
   <translation>&amp;Mischen …</translation>
  </message>
  <message>
   <source>&amp;Rename</source>
   <translation>&amp;Umbenennen</translation>
  </message>
  <message>
   <source>&amp;Tune again…</source>
   <translation>Erneut &amp;trainieren …</translation>
  </message>
  <message>
   <source>&amp;Tune…</source>
   <translation>&amp;Trainieren …</translation>
  </message>
  <message>
   <source>A person (*.facea)</source>
   <translation>Eine Person (*.facea)</translation>
  </message>
  <message>
   <source>D&amp;uplicate</source>
   <translation>&amp;Duplizieren</translation>
  </message>
  <message>
   <source>Export {count} people into a folder</source>
   <translation>{count} Personen in einen Ordner exportieren</translation>
  </message>
  <message>
   <source>Export {name}</source>
   <translation>{name} exportieren</translation>
  </message>
  <message>
   <source>Exported to {place}.</source>
   <translation>Nach {place} exportiert.</translation>
  </message>
  <message>
   <source>Import people</source>
   <translation>Personen importieren</translation>
  </message>
  <message>
   <source>People and LoRA files (*.facea *.safetensors)</source>
   <translation>Personen und LoRA-Dateien (*.facea *.safetensors)</translation>
  </message>
  <message>
   <source>Tuning {name}</source>
   <translation>{name} trainieren</translation>
  </message>
 </context>
 <context>
  <name>PeopleModel</name>
  <message>
   <source>Added {day}</source>
   <translation>Angelegt {day}</translation>
  </message>
  <message>
   <source>Leave until {day}</source>
   <translation>Einwilligung bis {day}</translation>
  </message>
 </context>
 <context>
  <name>PeopleView</name>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
 </context>
 <context>
  <name>PersonChooser</name>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
  <message>
   <source>Search by name</source>
   <translation>Nach Namen suchen</translation>
  </message>
  <message>
   <source>Type a part of the name; arrow keys and Enter choose</source>
   <translation>Einen Teil des Namens tippen; Pfeiltasten und Eingabe wählen</translation>
  </message>
 </context>
 <context>
  <name>PersonDelegate</name>
  <message>
   <source>New name</source>
   <translation>Neuer Name</translation>
  </message>
 </context>
 <context>
  <name>PersonDetails</name>
  <message>
   <source>1 portrait</source>
   <translation>1 Porträt</translation>
  </message>
  <message>
   <source>Added</source>
   <translation>Angelegt</translation>
  </message>
  <message>
   <source>Best: {figures}</source>
   <translation>Bester: {figures}</translation>
  </message>
  <message>
   <source>Feature vectors</source>
   <translation>Merkmalsvektoren</translation>
  </message>
  <message>
   <source>Good to know</source>
   <translation>Gut zu wissen</translation>
  </message>
  <message>
   <source>Imported as a LoRA; how it was made is not known.</source>
   <translation>Als LoRA importiert; wie es entstand, ist nicht bekannt.</translation>
  </message>
  <message>
   <source>Its learning rate</source>
   <translation>Ihre Lernrate</translation>
  </message>
  <message>
   <source>Last: {figures}</source>
   <translation>Letzter: {figures}</translation>
  </message>
  <message>
   <source>Learned to the end</source>
   <translation>Bis zum Ende gelernt</translation>
  </message>
  <message>
   <source>Learns</source>
   <translation>Lernt</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>May this face be portrayed?</source>
   <translation>Darf dieses Gesicht porträtiert werden?</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Most like the photos while it learned</source>
   <translation>Den Fotos beim Lernen am ähnlichsten</translation>
  </message>
  <message>
   <source>Nobody has said so yet.</source>
   <translation>Das hat noch niemand gesagt.</translation>
  </message>
  <message>
   <source>None yet</source>
   <translation>Noch keine</translation>
  </message>
  <message>
   <source>Not known yet.</source>
   <translation>Noch nicht bekannt.</translation>
  </message>
  <message>
   <source>Not tuned yet. Portraits can be made once the face is learned.</source>
   <translation>Noch nicht trainiert. Porträts sind möglich, sobald das Gesicht gelernt ist.</translation>
  </message>
  <message>
   <source>Pictures a step</source>
   <translation>Bilder je Schritt</translation>
  </message>
  <message>
   <source>Portraits</source>
   <translation>Porträts</translation>
  </message>
  <message>
   <source>Rank of the LoRA</source>
   <translation>Rang der LoRA</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Show the portraits of this person in the gallery</source>
   <translation>Die Porträts dieser Person in der Galerie zeigen</translation>
  </message>
  <message>
   <source>Step in use</source>
   <translation>Verwendeter Schritt</translation>
  </message>
  <message>
   <source>Take the weights of this step of the tuning; you can come back</source>
   <translation>Die Gewichte dieses Schritts nehmen; Sie können zurückkehren</translation>
  </message>
  <message>
   <source>Taken from others</source>
   <translation>Von anderen übernommen</translation>
  </message>
  <message>
   <source>The last step is the best: {figures}.</source>
   <translation>Der letzte Schritt ist der beste: {figures}.</translation>
  </message>
  <message>
   <source>Their learning rate</source>
   <translation>Deren Lernrate</translation>
  </message>
  <message>
   <source>Tuning</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>face alone</source>
   <translation>nur das Gesicht</translation>
  </message>
  <message>
   <source>face and parts</source>
   <translation>Gesicht und Teile</translation>
  </message>
  <message>
   <source>somebody who was deleted</source>
   <translation>jemand, der gelöscht wurde</translation>
  </message>
  <message>
   <source>step {step}</source>
   <translation>Schritt {step}</translation>
  </message>
  <message>
   <source>step {step}, likeness {score}</source>
   <translation>Schritt {step}, Ähnlichkeit {score}</translation>
  </message>
  <message>
   <source>{count} portraits</source>
   <translation>{count} Porträts</translation>
  </message>
  <message>
   <source>{part} from {name}, {steps} steps</source>
   <translation>{part} von {name}, {steps} Schritte</translation>
  </message>
  <message>
   <source>{steps} steps on one photo</source>
   <translation>{steps} Schritte mit einem Foto</translation>
  </message>
  <message>
   <source>{steps} steps on {photos} photos</source>
   <translation>{steps} Schritte mit {photos} Fotos</translation>
  </message>
  <message>
   <source>{step} of {steps}</source>
   <translation>{step} von {steps}</translation>
  </message>
 </context>
 <context>
  <name>PersonPage</name>
  <message>
   <source>Back to the canvas</source>
   <translation>Zurück zur Leinwand</translation>
  </message>
  <message>
   <source>Choose somebody at the left.</source>
   <translation>Wählen Sie links jemanden.</translation>
  </message>
  <message>
   <source>Choose this person and go to the canvas</source>
   <translation>Diese Person wählen und zur Leinwand gehen</translation>
  </message>
  <message>
   <source>How like the photos a test portrait was while the face was learned.</source>
   <translation>Wie ähnlich ein Probeporträt den Fotos war, während das Gesicht gelernt wurde.</translation>
  </message>
  <message>
   <source>Learn the face anew</source>
   <translation>Das Gesicht neu lernen</translation>
  </message>
  <message>
   <source>Likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>Make portraits</source>
   <translation>Porträts machen</translation>
  </message>
  <message>
   <source>Measured while the face is learned.</source>
   <translation>Wird gemessen, während das Gesicht gelernt wird.</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>The leave ended on {day}. Portraits are off until it is renewed.</source>
   <translation>Die Einwilligung endete {day}. Porträts sind erst möglich, wenn sie verlängert ist.</translation>
  </message>
  <message>
   <source>The masks were changed. Tune again so that portraits follow them.</source>
   <translation>Die Masken wurden geändert. Trainieren Sie erneut, damit Porträts ihnen folgen.</translation>
  </message>
  <message>
   <source>The person has to be tuned and the leave has to hold</source>
   <translation>Die Person muss trainiert sein, und die Einwilligung muss gelten</translation>
  </message>
  <message>
   <source>The photos do not show it clearly. Choose it under Correct.</source>
   <translation>Die Fotos zeigen es nicht deutlich. Unter „Korrigieren“ auswählen.</translation>
  </message>
  <message>
   <source>There are no photos to learn from</source>
   <translation>Es gibt keine Fotos zum Lernen</translation>
  </message>
  <message>
   <source>This person is not in the library</source>
   <translation>Diese Person ist nicht in der Bibliothek</translation>
  </message>
  <message>
   <source>Tune again…</source>
   <translation>Erneut trainieren …</translation>
  </message>
  <message>
   <source>Tune…</source>
   <translation>Trainieren …</translation>
  </message>
  <message>
   <source>{score} when the face was learned.</source>
   <translation>{score}, als das Gesicht gelernt wurde.</translation>
  </message>
 </context>
 <context>
  <name>PhotoBoard</name>
  <message>
   <source>Add photos…</source>
   <translation>Fotos hinzufügen …</translation>
  </message>
  <message>
   <source>Choose photos</source>
   <translation>Fotos wählen</translation>
  </message>
  <message>
   <source>Choose photos…</source>
   <translation>Fotos wählen …</translation>
  </message>
  <message>
   <source>Drop photos here</source>
   <translation>Fotos hierher ziehen</translation>
  </message>
  <message>
   <source>Outline what was found in each photo: the face and its four parts</source>
   <translation>Umranden, was in jedem Foto gefunden wurde: das Gesicht und seine vier Teile</translation>
  </message>
  <message>
   <source>Photos ({endings})</source>
   <translation>Fotos ({endings})</translation>
  </message>
  <message>
   <source>Show masks</source>
   <translation>Masken zeigen</translation>
  </message>
  <message>
   <source>Three photos or more of one person, from the front and a little from the side, in good light.</source>
   <translation>Mindestens drei Fotos einer Person, von vorn und leicht von der Seite, in gutem Licht.</translation>
  </message>
 </context>
 <context>
  <name>PhotoCard</name>
  <message>
   <source>Correct the masks of {photo}</source>
   <translation>Masken von {photo} berichtigen</translation>
  </message>
  <message>
   <source>Correct the masks…</source>
   <translation>Masken ändern …</translation>
  </message>
  <message>
   <source>Drag to move. Alt with an arrow key moves it too, Delete takes it away.</source>
   <translation>Ziehen verschiebt. Alt mit einer Pfeiltaste auch, Entf nimmt weg.</translation>
  </message>
  <message>
   <source>Move to the left</source>
   <translation>Nach links</translation>
  </message>
  <message>
   <source>Move to the right</source>
   <translation>Nach rechts</translation>
  </message>
  <message>
   <source>Paint where the face, the eyes, the nose and the mouth are</source>
   <translation>Malen, wo Gesicht, Augen, Nase und Mund sind</translation>
  </message>
  <message>
   <source>Take away</source>
   <translation>Wegnehmen</translation>
  </message>
  <message>
   <source>Take {photo} away</source>
   <translation>{photo} wegnehmen</translation>
  </message>
 </context>
 <context>
  <name>PhotoDrop</name>
  <message>
   <source>3 are learned from, {} held out to measure against.</source>
   <translation>3 werden gelernt, {} zum Messen zurückgehalten.</translation>
  </message>
  <message>
   <source>Add &amp;photos…</source>
   <translation>&amp;Fotos hinzufügen …</translation>
  </message>
  <message>
   <source>Choose &amp;photos…</source>
   <translation>&amp;Fotos wählen …</translation>
  </message>
  <message>
   <source>Choose photos of one person</source>
   <translation>Fotos einer Person wählen</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Drop photos here</source>
   <translation>Fotos hierher ziehen</translation>
  </message>
  <message>
   <source>Four or more of one person: three are learned from, the others are held out to measure against.</source>
   <translation>Mindestens vier einer Person: Drei werden gelernt, an den anderen wird gemessen.</translation>
  </message>
  <message>
   <source>Photos ({endings})</source>
   <translation>Fotos ({endings})</translation>
  </message>
  <message>
   <source>Take all photos away</source>
   <translation>Alle Fotos wegnehmen</translation>
  </message>
  <message>
   <source>These are no photos, or are there already. Drop JPEG, PNG, WebP, TIFF or HEIC.</source>
   <translation>Das sind keine Fotos, oder sie sind schon da. Ziehen Sie JPEG, PNG, WebP, TIFF oder HEIC hierher.</translation>
  </message>
  <message>
   <source>{} more needed: three to learn from, one or more held out.</source>
   <translation>{} weitere nötig: drei zum Lernen, mindestens eines zum Messen.</translation>
  </message>
 </context>
 <context>
  <name>PhotoTile</name>
  <message>
   <source>Take {} away</source>
   <translation>{} wegnehmen</translation>
  </message>
  <message>
   <source>held out</source>
   <translation>zurückgehalten</translation>
  </message>
  <message>
   <source>learned</source>
   <translation>gelernt</translation>
  </message>
  <message>
   <source>{}: click to learn from it; Delete takes it away</source>
   <translation>{}: Klick, um daraus zu lernen; Entf nimmt es weg</translation>
  </message>
 </context>
 <context>
  <name>PickGroups</name>
  <message>
   <source>Puts “{0}” into the prompt, or takes it out</source>
   <translation>Setzt „{0}“ in den Prompt oder nimmt es heraus</translation>
  </message>
  <message>
   <source>Show words for this: {0}</source>
   <translation>Wörter dafür zeigen: {0}</translation>
  </message>
 </context>
 <context>
  <name>Picture</name>
  <message>
   <source>The picture cannot be read.</source>
   <translation>Das Bild kann nicht gelesen werden.</translation>
  </message>
 </context>
 <context>
  <name>Pictures</name>
  <message>
   <source>Pictures made</source>
   <translation>Gemachte Bilder</translation>
  </message>
 </context>
 <context>
  <name>PortraitDetails</name>
  <message>
   <source>Seed {}</source>
   <translation>Seed {}</translation>
  </message>
  <message>
   <source>Somebody who was deleted</source>
   <translation>Jemand, der gelöscht wurde</translation>
  </message>
  <message>
   <source>Style: {}</source>
   <translation>Stil: {}</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>Unbekannt</translation>
  </message>
  <message>
   <source>{0} by {1} pixels</source>
   <translation>{0} mal {1} Pixel</translation>
  </message>
 </context>
 <context>
  <name>PortraitForm</name>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Quick picks</source>
   <translation>Schnellwahl</translation>
  </message>
  <message>
   <source>Scene</source>
   <translation>Szene</translation>
  </message>
  <message>
   <source>Shorten the prompt to {0} characters first.</source>
   <translation>Kürzen Sie den Prompt zuerst auf {0} Zeichen.</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>The seed is kept (under More): the same settings make the same picture again.</source>
   <translation>Der Seed wird behalten (unter „Mehr“): Gleiche Einstellungen ergeben dasselbe Bild.</translation>
  </message>
  <message>
   <source>To compare: made without what was learned of {0}.</source>
   <translation>Zum Vergleich: gemacht ohne das, was von {0} gelernt wurde.</translation>
  </message>
  <message>
   <source>Write what the picture shows first.</source>
   <translation>Schreiben Sie zuerst, was das Bild zeigt.</translation>
  </message>
 </context>
 <context>
  <name>PortraitPanel</name>
  <message>
   <source>The person of this picture is not in the library any more; choose another.</source>
   <translation>Die Person dieses Bildes ist nicht mehr in der Bibliothek; wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>The scene of this picture was not kept; make it again to keep it.</source>
   <translation>Die Szene dieses Bildes wurde nicht aufbewahrt; machen Sie es noch einmal, um sie zu behalten.</translation>
  </message>
  <message>
   <source>The scene was deleted with its portrait; a new one will be painted.</source>
   <translation>Die Szene wurde mit ihrem Porträt gelöscht; es wird eine neue gemalt.</translation>
  </message>
  <message>
   <source>portrait</source>
   <translation>Porträt</translation>
  </message>
  <message>
   <source>{0}, which was the scene, is not there any more; choose another picture, or paint a scene.</source>
   <translation>{0}, die Szene, ist nicht mehr da; wählen Sie ein anderes Bild, oder malen Sie eine Szene.</translation>
  </message>
 </context>
 <context>
  <name>PresetPicker</name>
  <message>
   <source>Takes {time}.</source>
   <translation>Dauert {time}.</translation>
  </message>
  <message>
   <source>The first tuning on this machine measures how long it takes.</source>
   <translation>Das erste Training auf diesem Rechner misst, wie lange es dauert.</translation>
  </message>
 </context>
 <context>
  <name>PrivacyPage</name>
  <message>
   <source>&amp;Choose…</source>
   <translation>&amp;Wählen …</translation>
  </message>
  <message>
   <source>Ask &amp;each time</source>
   <translation>&amp;Jedes Mal fragen</translation>
  </message>
  <message>
   <source>Both can be changed for each export. Portraits in the data folder always keep their settings.</source>
   <translation>Beides lässt sich bei jedem Export ändern. Porträts im Datenordner behalten ihre Einstellungen immer.</translation>
  </message>
  <message>
   <source>Choose another folder</source>
   <translation>Einen anderen Ordner wählen</translation>
  </message>
  <message>
   <source>Comparisons on the page Likeness have copies of photos of their own. They are removed in the same way when the comparison is deleted there.</source>
   <translation>Vergleiche auf der Seite Ähnlichkeit haben eigene Kopien von Fotos. Sie werden ebenso entfernt, wenn der Vergleich dort gelöscht wird.</translation>
  </message>
  <message>
   <source>Comparisons, with their photos</source>
   <translation>Vergleiche mit ihren Fotos</translation>
  </message>
  <message>
   <source>Data folder</source>
   <translation>Datenordner</translation>
  </message>
  <message>
   <source>Deleting a person removes photos, masks, what was learned from them and every checkpoint. The files are overwritten with zeros before they are removed. On a disk that writes in place, that is the end of them.</source>
   <translation>Wird eine Person gelöscht, gehen Fotos, Masken, was daraus gelernt wurde und jeder Zwischenstand mit. Die Dateien werden vorher mit Nullen überschrieben. Auf einem Datenträger, der an Ort und Stelle schreibt, sind sie damit fort.</translation>
  </message>
  <message>
   <source>Each export asks where.</source>
   <translation>Jeder Export fragt, wohin.</translation>
  </message>
  <message>
   <source>Exports</source>
   <translation>Exporte</translation>
  </message>
  <message>
   <source>Fetched models</source>
   <translation>Geladene Modelle</translation>
  </message>
  <message>
   <source>Folder for exports</source>
   <translation>Ordner für Exporte</translation>
  </message>
  <message>
   <source>Folders and privacy</source>
   <translation>Ordner und Privates</translation>
  </message>
  <message>
   <source>Free on the disk</source>
   <translation>Auf der Festplatte frei</translation>
  </message>
  <message>
   <source>Have no folder of its own for exports</source>
   <translation>Keinen eigenen Ordner für Exporte haben</translation>
  </message>
  <message>
   <source>Jobs, log and index</source>
   <translation>Aufträge, Protokoll und Verzeichnis</translation>
  </message>
  <message>
   <source>Mark exported pictures as made with AI</source>
   <translation>Exportierte Bilder als mit KI gemacht kennzeichnen</translation>
  </message>
  <message>
   <source>Nothing leaves this machine: photos, people, prompts and portraits stay in the data folder. The network is used only to fetch a model, after you have agreed to it.</source>
   <translation>Nichts verlässt diesen Rechner: Fotos, Personen, Prompts und Porträts bleiben im Datenordner. Das Netz wird nur genutzt, um ein Modell zu laden, nachdem Sie zugestimmt haben.</translation>
  </message>
  <message>
   <source>Open the &amp;folder</source>
   <translation>&amp;Ordner öffnen</translation>
  </message>
  <message>
   <source>People, with their photos</source>
   <translation>Personen mit ihren Fotos</translation>
  </message>
  <message>
   <source>Portraits</source>
   <translation>Porträts</translation>
  </message>
  <message>
   <source>Put prompt and settings into exported pictures</source>
   <translation>Prompt und Einstellungen in exportierte Bilder schreiben</translation>
  </message>
  <message>
   <source>SSDs, copy-on-write file systems (Btrfs, APFS, ZFS), snapshots and backups may keep old copies that no program can reach. There, only an encrypted disk keeps them from being read.</source>
   <translation>SSDs, Copy-on-Write-Dateisysteme (Btrfs, APFS, ZFS), Schnappschüsse und Sicherungen können alte Kopien behalten, die kein Programm erreicht. Dort schützt nur ein verschlüsselter Datenträger.</translation>
  </message>
  <message>
   <source>Show it in the file manager</source>
   <translation>Im Dateimanager zeigen</translation>
  </message>
  <message>
   <source>The standard mark (IPTC digital source type) that sites and programs read</source>
   <translation>Die übliche Kennzeichnung (IPTC-Quelltyp), die Seiten und Programme lesen</translation>
  </message>
  <message>
   <source>To keep it elsewhere, close the program, move the folder, and start with FACEA_DATA_DIR set to the new place, or with --data-dir.</source>
   <translation>Um ihn anderswo zu haben, schließen Sie das Programm, verschieben Sie den Ordner, und starten Sie mit FACEA_DATA_DIR oder --data-dir und dem neuen Ort.</translation>
  </message>
  <message>
   <source>What deleting means</source>
   <translation>Was Löschen bedeutet</translation>
  </message>
  <message>
   <source>Whoever has such a picture can read what it was made from, names included</source>
   <translation>Wer ein solches Bild hat, kann lesen, woraus es gemacht wurde, auch Namen</translation>
  </message>
 </context>
 <context>
  <name>PromptBox</name>
  <message>
   <source>&amp;Prompt</source>
   <translation>&amp;Prompt</translation>
  </message>
  <message>
   <source>Added: {words}</source>
   <translation>Ergänzt: {words}</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>How the person looks, where the prompt says nothing of it. Correct it on the person's page.</source>
   <translation>Wie die Person aussieht, wo der Prompt nichts dazu sagt. Korrigieren kann man es auf der Seite der Person.</translation>
  </message>
  <message>
   <source>How the picture is made; it goes into the scene and the face.</source>
   <translation>Wie das Bild gemacht ist; es kommt in die Szene und das Gesicht.</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Say what the picture shows. Ctrl+Enter makes it.</source>
   <translation>Sagen Sie auf Englisch, was das Bild zeigt. Strg+Eingabe macht es.</translation>
  </message>
  <message>
   <source>Scene</source>
   <translation>Szene</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>What the face is painted from. Write here to overrule it.</source>
   <translation>Woraus das Gesicht gemalt wird. Schreiben Sie hier, um es selbst zu bestimmen.</translation>
  </message>
  <message>
   <source>What the scene is painted from. Write here to overrule it.</source>
   <translation>Woraus die Szene gemalt wird. Schreiben Sie hier, um es selbst zu bestimmen.</translation>
  </message>
  <message>
   <source>a woman smiling in a café, warm evening light</source>
   <translation>a woman smiling in a café, warm evening light</translation>
  </message>
  <message>
   <source>a woman smiling, wavy hair, lit from the left, blue background</source>
   <translation>a woman smiling, wavy hair, lit from the left, blue background</translation>
  </message>
 </context>
 <context>
  <name>QuestionDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
 </context>
 <context>
  <name>QuickLook</name>
  <message>
   <source>Back to all portraits (Esc)</source>
   <translation>Zurück zu allen Porträts (Esc)</translation>
  </message>
  <message>
   <source>Next (Right)</source>
   <translation>Nächstes (Rechts)</translation>
  </message>
  <message>
   <source>Previous (Left)</source>
   <translation>Voriges (Links)</translation>
  </message>
 </context>
 <context>
  <name>ReferenceCards</name>
  <message>
   <source>Outline what was learned from: the face and its four parts</source>
   <translation>Umranden, woraus gelernt wurde: das Gesicht und seine vier Teile</translation>
  </message>
  <message>
   <source>Photo {number}</source>
   <translation>Foto {number}</translation>
  </message>
  <message>
   <source>Photos</source>
   <translation>Fotos</translation>
  </message>
  <message>
   <source>Show masks</source>
   <translation>Masken zeigen</translation>
  </message>
  <message>
   <source>There are no photos: the person came from a LoRA file and cannot be tuned again.</source>
   <translation>Es gibt keine Fotos: Die Person kam aus einer LoRA-Datei und kann nicht erneut trainiert werden.</translation>
  </message>
  <message>
   <source>masks corrected</source>
   <translation>Masken berichtigt</translation>
  </message>
 </context>
 <context>
  <name>ResultStrip</name>
  <message>
   <source>&amp;Delete…</source>
   <translation>&amp;Löschen …</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>E&amp;xportieren …</translation>
  </message>
  <message>
   <source>&amp;Keep scene</source>
   <translation>Szene &amp;behalten</translation>
  </message>
  <message>
   <source>All pictures are in the gallery</source>
   <translation>Alle Bilder sind in der Galerie</translation>
  </message>
  <message>
   <source>Delete this picture for good?</source>
   <translation>Dieses Bild endgültig löschen?</translation>
  </message>
  <message>
   <source>Its scene and mask are deleted with it. This cannot be undone.</source>
   <translation>Seine Szene und Maske werden mitgelöscht. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>Keep scene for &amp;another person</source>
   <translation>Szene für eine &amp;andere Person behalten</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Show in &amp;folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>Show new pictures on the canvas as they are made</source>
   <translation>Neue Bilder auf der Leinwand zeigen, sobald sie fertig sind</translation>
  </message>
  <message>
   <source>The picture is deleted.</source>
   <translation>Das Bild ist gelöscht.</translation>
  </message>
  <message>
   <source>Use &amp;settings</source>
   <translation>Einstellungen &amp;übernehmen</translation>
  </message>
  <message>
   <source>Your pictures appear here as they are made.</source>
   <translation>Hier erscheinen Ihre Bilder, sobald sie gemacht sind.</translation>
  </message>
 </context>
 <context>
  <name>ResultsModel</name>
  <message>
   <source>being painted</source>
   <translation>wird gemalt</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
 </context>
 <context>
  <name>SceneBox</name>
  <message>
   <source>A picture of yours is the scene; drop one on the canvas</source>
   <translation>Ein eigenes Bild ist die Szene; ziehen Sie eines auf die Leinwand</translation>
  </message>
  <message>
   <source>Another person…</source>
   <translation>Andere Person …</translation>
  </message>
  <message>
   <source>Another picture is on the canvas. Click this one to see it.</source>
   <translation>Auf der Leinwand liegt ein anderes Bild. Klicken Sie auf dieses, um es zu sehen.</translation>
  </message>
  <message>
   <source>Choose a picture for the scene</source>
   <translation>Bild für die Szene wählen</translation>
  </message>
  <message>
   <source>Choose who goes into which face</source>
   <translation>Wählen, wer in welches Gesicht kommt</translation>
  </message>
  <message>
   <source>Keep the scene of the picture on the canvas for somebody else</source>
   <translation>Die Szene des Bildes auf der Leinwand für jemand anderen behalten</translation>
  </message>
  <message>
   <source>Keep this one</source>
   <translation>Diese behalten</translation>
  </message>
  <message>
   <source>Kept scene</source>
   <translation>Behaltene Szene</translation>
  </message>
  <message>
   <source>Looking for faces…</source>
   <translation>Gesichter werden gesucht …</translation>
  </message>
  <message>
   <source>My picture…</source>
   <translation>Mein Bild …</translation>
  </message>
  <message>
   <source>No face was found. Paint over the place where the face belongs.</source>
   <translation>Kein Gesicht gefunden. Übermalen Sie die Stelle, an die das Gesicht gehört.</translation>
  </message>
  <message>
   <source>Nobody else is tuned yet</source>
   <translation>Sonst ist noch niemand trainiert</translation>
  </message>
  <message>
   <source>One face. Click it to choose who goes into it, or paint a mask.</source>
   <translation>Ein Gesicht. Klicken Sie darauf, um zu wählen, wer hineinkommt, oder malen Sie eine Maske.</translation>
  </message>
  <message>
   <source>Only the face of the picture on the canvas is painted anew</source>
   <translation>Nur das Gesicht des Bildes auf der Leinwand wird neu gemalt</translation>
  </message>
  <message>
   <source>Only the painted area is redrawn; faces stay as they are.</source>
   <translation>Nur die bemalte Fläche wird neu gemalt; Gesichter bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Paint a scene instead</source>
   <translation>Stattdessen eine Szene malen</translation>
  </message>
  <message>
   <source>Paint one</source>
   <translation>Eine malen</translation>
  </message>
  <message>
   <source>Paint over the face in the picture first.</source>
   <translation>Übermalen Sie zuerst das Gesicht im Bild.</translation>
  </message>
  <message>
   <source>Pictures ({0})</source>
   <translation>Bilder ({0})</translation>
  </message>
  <message>
   <source>Show the picture on the canvas</source>
   <translation>Das Bild auf der Leinwand zeigen</translation>
  </message>
  <message>
   <source>The painted area is redrawn, and the other faces that you chose.</source>
   <translation>Neu gemalt werden die bemalte Fläche und die anderen gewählten Gesichter.</translation>
  </message>
  <message>
   <source>The scene is painted from the prompt</source>
   <translation>Die Szene wird aus dem Prompt gemalt</translation>
  </message>
  <message>
   <source>Wait until the picture is open.</source>
   <translation>Warten Sie, bis das Bild geöffnet ist.</translation>
  </message>
  <message>
   <source>{0} faces. Click one to choose who goes into it, or paint a mask.</source>
   <translation>{0} Gesichter. Klicken Sie auf eines, um zu wählen, wer hineinkommt, oder malen Sie eine Maske.</translation>
  </message>
 </context>
 <context>
  <name>SceneFaces</name>
  <message>
   <source>Drop {0} onto one of the faces.</source>
   <translation>Ziehen Sie {0} auf eines der Gesichter.</translation>
  </message>
  <message>
   <source>Face {0}: {1}</source>
   <translation>Gesicht {0}: {1}</translation>
  </message>
  <message>
   <source>The leave to portray {0} has ended; choose somebody else for that face.</source>
   <translation>Die Einwilligung von {0} ist abgelaufen; wählen Sie jemand anderen für dieses Gesicht.</translation>
  </message>
  <message>
   <source>Tune {0} first, or choose somebody else for that face.</source>
   <translation>Trainieren Sie {0} zuerst, oder wählen Sie jemand anderen für dieses Gesicht.</translation>
  </message>
  <message>
   <source>nobody</source>
   <translation>niemand</translation>
  </message>
  <message>
   <source>stays as it is</source>
   <translation>bleibt, wie es ist</translation>
  </message>
  <message>
   <source>{0} is tuned with other models than {1}; choose somebody else for one of them.</source>
   <translation>{0} ist mit anderen Modellen trainiert als {1}; wählen Sie für eines der Gesichter jemand anderen.</translation>
  </message>
 </context>
 <context>
  <name>SceneParts</name>
  <message>
   <source>No face was found in this picture. Paint the mask with the brush or the lasso.</source>
   <translation>In diesem Bild wurde kein Gesicht gefunden. Malen Sie die Maske mit Pinsel oder Lasso.</translation>
  </message>
 </context>
 <context>
  <name>SceneWords</name>
  <message>
   <source>Age</source>
   <translation>Alter</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Hintergrund</translation>
  </message>
  <message>
   <source>Beard</source>
   <translation>Bart</translation>
  </message>
  <message>
   <source>Brightness</source>
   <translation>Helligkeit</translation>
  </message>
  <message>
   <source>Expression</source>
   <translation>Ausdruck</translation>
  </message>
  <message>
   <source>Eyewear</source>
   <translation>Brille</translation>
  </message>
  <message>
   <source>Hair colour</source>
   <translation>Haarfarbe</translation>
  </message>
  <message>
   <source>Hair length</source>
   <translation>Haarlänge</translation>
  </message>
  <message>
   <source>Hair texture</source>
   <translation>Haarstruktur</translation>
  </message>
  <message>
   <source>Hat</source>
   <translation>Hut</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Licht</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>Ort</translation>
  </message>
  <message>
   <source>Pose</source>
   <translation>Haltung</translation>
  </message>
  <message>
   <source>Skin</source>
   <translation>Haut</translation>
  </message>
 </context>
 <context>
  <name>Settings</name>
  <message>
   <source>Asking what there is to fetch …</source>
   <translation>Es wird gefragt, was zu laden ist …</translation>
  </message>
  <message>
   <source>Fits: needs about {}, the {} has {}.</source>
   <translation>Passt: braucht etwa {}, {} hat {}.</translation>
  </message>
  <message>
   <source>Fits: needs about {}, this machine has {}.</source>
   <translation>Passt: braucht etwa {}, dieser Rechner hat {}.</translation>
  </message>
  <message>
   <source>It failed; the log says why. Resume tries again.</source>
   <translation>Es ist fehlgeschlagen; das Protokoll sagt, warum. Fortsetzen versucht es noch einmal.</translation>
  </message>
  <message>
   <source>Needs about {need}, and the processor is chosen under Device: slow.</source>
   <translation>Braucht etwa {need}, und unter Gerät ist der Prozessor gewählt: langsam.</translation>
  </message>
  <message>
   <source>Needs about {need}, and this machine has no GPU: slow, minutes for each picture.</source>
   <translation>Braucht etwa {need}, und dieser Rechner hat keine GPU: langsam, Minuten je Bild.</translation>
  </message>
  <message>
   <source>Needs about {}, the {} has {}: its models take turns there, which is slower.</source>
   <translation>Braucht etwa {}, {} hat {}: Die Modelle wechseln sich dort ab, das ist langsamer.</translation>
  </message>
  <message>
   <source>Stopped. What was fetched so far is kept.</source>
   <translation>Angehalten. Was bisher geladen ist, bleibt.</translation>
  </message>
  <message>
   <source>The device that is chosen under Device is not there. Choose another.</source>
   <translation>Das unter Gerät gewählte Gerät ist nicht da. Wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>Too large: needs about {}, the {} has {}.</source>
   <translation>Zu groß: braucht etwa {}, {} hat {}.</translation>
  </message>
  <message>
   <source>Too large: needs about {}, this machine has {} and no GPU in use.</source>
   <translation>Zu groß: braucht etwa {}, dieser Rechner hat {} und keine GPU in Gebrauch.</translation>
  </message>
  <message>
   <source>Waiting for its turn</source>
   <translation>Wartet, bis es drankommt</translation>
  </message>
  <message>
   <source>{done} of {total}, {left} left</source>
   <translation>{done} von {total}, noch {left}</translation>
  </message>
  <message>
   <source>{title}, {memory}</source>
   <translation>{title}, {memory}</translation>
  </message>
  <message>
   <source>{} GB</source>
   <translation>{} GB</translation>
  </message>
  <message>
   <source>{} MB</source>
   <translation>{} MB</translation>
  </message>
 </context>
 <context>
  <name>SettingsPage</name>
  <message>
   <source>About</source>
   <translation>Über</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Folders and privacy</source>
   <translation>Ordner und Privates</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Optionen</translation>
  </message>
 </context>
 <context>
  <name>Sheet</name>
  <message>
   <source>Held out</source>
   <translation>Zurückgehalten</translation>
  </message>
  <message>
   <source>Learned from</source>
   <translation>Gelernt von</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <source>The best and the worst</source>
   <translation>Die besten und die schlechtesten</translation>
  </message>
  <message>
   <source>Whose pictures are shown</source>
   <translation>Wessen Bilder gezeigt werden</translation>
  </message>
  <message>
   <source>least alike</source>
   <translation>am wenigsten ähnlich</translation>
  </message>
  <message>
   <source>most alike</source>
   <translation>am ähnlichsten</translation>
  </message>
  <message>
   <source>no face</source>
   <translation>kein Gesicht</translation>
  </message>
  <message>
   <source>no picture</source>
   <translation>kein Bild</translation>
  </message>
  <message>
   <source>{person}: {prompt}, seed {seed}</source>
   <translation>{person}: {prompt}, Seed {seed}</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source>&amp;Close</source>
   <translation>&amp;Schließen</translation>
  </message>
  <message>
   <source>Close this list</source>
   <translation>Diese Liste schließen</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Nothing has these words.</source>
   <translation>Nichts enthält diese Wörter.</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search the shortcuts</source>
   <translation>Tastenkürzel suchen</translation>
  </message>
  <message>
   <source>Show only what has these words</source>
   <translation>Nur zeigen, was diese Wörter enthält</translation>
  </message>
 </context>
 <context>
  <name>SlotTable</name>
  <message>
   <source>&amp;Both eyes from the same person</source>
   <translation>&amp;Beide Augen von derselben Person</translation>
  </message>
  <message>
   <source>Both eyes</source>
   <translation>Beide Augen</translation>
  </message>
  <message>
   <source>Left eye</source>
   <translation>Linkes Auge</translation>
  </message>
  <message>
   <source>Mouth</source>
   <translation>Mund</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>Nase</translation>
  </message>
  <message>
   <source>Right eye</source>
   <translation>Rechtes Auge</translation>
  </message>
  <message>
   <source>What is given to one eye is given to the other, too</source>
   <translation>Was ein Auge bekommt, bekommt auch das andere</translation>
  </message>
 </context>
 <context>
  <name>Stars</name>
  <message>
   <source>Rate with a click, or with the keys 0 to 5</source>
   <translation>Mit einem Klick bewerten oder mit den Tasten 0 bis 5</translation>
  </message>
  <message>
   <source>Rating: {} of 5 stars</source>
   <translation>Bewertung: {} von 5 Sternen</translation>
  </message>
 </context>
 <context>
  <name>StayForm</name>
  <message>
   <source>&amp;Make it stay</source>
   <translation>Behal&amp;ten</translation>
  </message>
  <message>
   <source>Follow it on the page of jobs</source>
   <translation>Auf der Seite der Aufträge verfolgen</translation>
  </message>
  <message>
   <source>Name of the new person</source>
   <translation>Name der neuen Person</translation>
  </message>
  <message>
   <source>Show the job</source>
   <translation>Auftrag zeigen</translation>
  </message>
  <message>
   <source>Tune the mix into a new person; the people it is made of stay as they are</source>
   <translation>Aus der Mischung eine neue Person trainieren; die beteiligten Personen bleiben, wie sie sind</translation>
  </message>
  <message>
   <source>“{}” is in the queue.</source>
   <translation>„{}“ ist in der Warteschlange.</translation>
  </message>
 </context>
 <context>
  <name>StyleStrip</name>
  <message>
   <source>Styles</source>
   <translation>Stile</translation>
  </message>
 </context>
 <context>
  <name>Styles</name>
  <message>
   <source>Accessories</source>
   <translation>Zubehör</translation>
  </message>
  <message>
   <source>Anime</source>
   <translation>Anime</translation>
  </message>
  <message>
   <source>B&amp;W film</source>
   <translation>S&amp;W-Film</translation>
  </message>
  <message>
   <source>Charcoal</source>
   <translation>Kohle</translation>
  </message>
  <message>
   <source>Cinematic</source>
   <translation>Filmisch</translation>
  </message>
  <message>
   <source>Comic book</source>
   <translation>Comic</translation>
  </message>
  <message>
   <source>Cyberpunk</source>
   <translation>Cyberpunk</translation>
  </message>
  <message>
   <source>Expression</source>
   <translation>Ausdruck</translation>
  </message>
  <message>
   <source>Eyewear</source>
   <translation>Brille</translation>
  </message>
  <message>
   <source>Gaze</source>
   <translation>Blick</translation>
  </message>
  <message>
   <source>Hair</source>
   <translation>Haare</translation>
  </message>
  <message>
   <source>Impressionist</source>
   <translation>Impression</translation>
  </message>
  <message>
   <source>Low key</source>
   <translation>Low Key</translation>
  </message>
  <message>
   <source>Low poly</source>
   <translation>Low Poly</translation>
  </message>
  <message>
   <source>Mosaic</source>
   <translation>Mosaik</translation>
  </message>
  <message>
   <source>Oil painting</source>
   <translation>Ölbild</translation>
  </message>
  <message>
   <source>Pastel</source>
   <translation>Pastell</translation>
  </message>
  <message>
   <source>Pen and ink</source>
   <translation>Tusche</translation>
  </message>
  <message>
   <source>Pencil</source>
   <translation>Bleistift</translation>
  </message>
  <message>
   <source>Pixel art</source>
   <translation>Pixel Art</translation>
  </message>
  <message>
   <source>Polaroid</source>
   <translation>Polaroid</translation>
  </message>
  <message>
   <source>Pop art</source>
   <translation>Pop Art</translation>
  </message>
  <message>
   <source>Renaissance</source>
   <translation>Renaissance</translation>
  </message>
  <message>
   <source>Sepia</source>
   <translation>Sepia</translation>
  </message>
  <message>
   <source>Setting</source>
   <translation>Umgebung</translation>
  </message>
  <message>
   <source>Stained glass</source>
   <translation>Glasbild</translation>
  </message>
  <message>
   <source>Studio</source>
   <translation>Studio</translation>
  </message>
  <message>
   <source>Ukiyo-e</source>
   <translation>Ukiyo-e</translation>
  </message>
  <message>
   <source>Watercolor</source>
   <translation>Aquarell</translation>
  </message>
  <message>
   <source>Woodcut</source>
   <translation>Holzschnitt</translation>
  </message>
 </context>
 <context>
  <name>StylesModel</name>
  <message>
   <source>{0}, chosen</source>
   <translation>{0}, gewählt</translation>
  </message>
  <message>
   <source>{0}: puts “{1}” into the scene and the face</source>
   <translation>{0}: setzt „{1}“ in die Szene und das Gesicht</translation>
  </message>
 </context>
 <context>
  <name>SubjectPicker</name>
  <message>
   <source>&amp;Man</source>
   <translation>&amp;Mann</translation>
  </message>
  <message>
   <source>&amp;Woman</source>
   <translation>&amp;Frau</translation>
  </message>
  <message>
   <source>The word that stands for the person in prompts</source>
   <translation>Das Wort, das in Prompts für die Person steht</translation>
  </message>
 </context>
 <context>
  <name>ThemeTile</name>
  <message>
   <source>Use this theme now</source>
   <translation>Dieses Design jetzt verwenden</translation>
  </message>
 </context>
 <context>
  <name>ToolBar</name>
  <message>
   <source>Hold to see the picture before (\)</source>
   <translation>Gedrückt halten, um das Bild davor zu sehen (\)</translation>
  </message>
  <message>
   <source>How far Grow, Shrink and Feather reach</source>
   <translation>Wie weit Vergrößern, Verkleinern und Weichzeichnen reichen</translation>
  </message>
 </context>
 <context>
  <name>TuneDialog</name>
  <message>
   <source>Go on there</source>
   <translation>Dort weitermachen</translation>
  </message>
  <message>
   <source>The last tuning stopped after {step} steps.</source>
   <translation>Das letzte Training hörte nach {step} Schritten auf.</translation>
  </message>
  <message>
   <source>The last tuning stopped before its end.</source>
   <translation>Das letzte Training hörte vor seinem Ende auf.</translation>
  </message>
  <message>
   <source>The present likeness is used until the new one is done; then it is replaced.</source>
   <translation>Die jetzige Ähnlichkeit wird verwendet, bis die neue fertig ist; dann wird sie ersetzt.</translation>
  </message>
  <message>
   <source>Tune</source>
   <translation>Trainieren</translation>
  </message>
  <message>
   <source>Tune {name}</source>
   <translation>{name} trainieren</translation>
  </message>
  <message>
   <source>Tune {name} again</source>
   <translation>{name} erneut trainieren</translation>
  </message>
 </context>
 <context>
  <name>VoteChart</name>
  <message>
   <source>Share of votes</source>
   <translation>Anteil der Stimmen</translation>
  </message>
 </context>
 <context>
  <name>VoteResults</name>
  <message>
   <source>&amp;Go on voting</source>
   <translation>Weiter ab&amp;stimmen</translation>
  </message>
  <message>
   <source>1 vote</source>
   <translation>1 Stimme</translation>
  </message>
  <message>
   <source>Export &amp;chart…</source>
   <translation>&amp;Diagramm exportieren …</translation>
  </message>
  <message>
   <source>Export &amp;votes…</source>
   <translation>&amp;Stimmen exportieren …</translation>
  </message>
  <message>
   <source>Save the chart as PNG</source>
   <translation>Das Diagramm als PNG speichern</translation>
  </message>
  <message>
   <source>Save the votes as CSV</source>
   <translation>Die Stimmen als CSV speichern</translation>
  </message>
  <message>
   <source>{share} % ({votes} of {shown})</source>
   <translation>{share} % ({votes} von {shown})</translation>
  </message>
  <message>
   <source>{votes}. A bar says how often a method was chosen when it was among the pictures; its line is the 95 % interval if votes are independent of each other.</source>
   <translation>{votes}. Ein Balken sagt, wie oft eine Methode gewählt wurde, wenn sie unter den Bildern war; seine Linie ist das 95-%-Intervall, falls die Stimmen voneinander unabhängig sind.</translation>
  </message>
  <message>
   <source>{} votes</source>
   <translation>{} Stimmen</translation>
  </message>
 </context>
 <context>
  <name>VoteTab</name>
  <message>
   <source>&amp;Go on</source>
   <translation>&amp;Fortsetzen</translation>
  </message>
  <message>
   <source>&amp;Results</source>
   <translation>&amp;Ergebnisse</translation>
  </message>
  <message>
   <source>&amp;Start</source>
   <translation>&amp;Beginnen</translation>
  </message>
  <message>
   <source>1 set of pictures</source>
   <translation>1 Gruppe von Bildern</translation>
  </message>
  <message>
   <source>As soon as two methods have made a picture of the same words, you can compare them here.</source>
   <translation>Sobald zwei Methoden ein Bild derselben Worte gemacht haben, können Sie sie hier vergleichen.</translation>
  </message>
  <message>
   <source>Count the votes; names are shown then</source>
   <translation>Die Stimmen zählen; dann werden die Namen gezeigt</translation>
  </message>
  <message>
   <source>Figure.png</source>
   <translation>Abbildung.png</translation>
  </message>
  <message>
   <source>Nothing to vote on yet</source>
   <translation>Noch nichts zum Abstimmen</translation>
  </message>
  <message>
   <source>Save as</source>
   <translation>Speichern unter</translation>
  </message>
  <message>
   <source>See the first pictures</source>
   <translation>Die ersten Bilder ansehen</translation>
  </message>
  <message>
   <source>The chart is saved.</source>
   <translation>Das Diagramm ist gespeichert.</translation>
  </message>
  <message>
   <source>The votes are saved.</source>
   <translation>Die Stimmen sind gespeichert.</translation>
  </message>
  <message>
   <source>Which one would you choose?</source>
   <translation>Welches würden Sie wählen?</translation>
  </message>
  <message>
   <source>You see the pictures side by side, in random order and without names. Click the one that fits best, or press its number. Votes are kept as you give them, so you can stop at any time.</source>
   <translation>Sie sehen die Bilder nebeneinander, in zufälliger Reihenfolge und ohne Namen. Klicken Sie auf das passendste, oder drücken Sie seine Nummer. Jede Stimme wird sofort gespeichert; Sie können also jederzeit aufhören.</translation>
  </message>
  <message>
   <source>votes.csv</source>
   <translation>stimmen.csv</translation>
  </message>
  <message>
   <source>{sets}, three questions each; {left} of {total} are open.</source>
   <translation>{sets}, je drei Fragen; {left} von {total} sind offen.</translation>
  </message>
  <message>
   <source>{} could not be saved; choose another folder.</source>
   <translation>{} konnte nicht gespeichert werden; wählen Sie einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{} sets of pictures</source>
   <translation>{} Gruppen von Bildern</translation>
  </message>
 </context>
 <context>
  <name>WhoBox</name>
  <message>
   <source>Being tuned…</source>
   <translation>Wird trainiert …</translation>
  </message>
  <message>
   <source>Choose a person on the left first.</source>
   <translation>Wählen Sie zuerst links eine Person.</translation>
  </message>
  <message>
   <source>Choose a person on the left.</source>
   <translation>Wählen Sie links eine Person.</translation>
  </message>
  <message>
   <source>Go on from where the tuning stopped</source>
   <translation>Dort weitermachen, wo das Training aufhörte</translation>
  </message>
  <message>
   <source>Go on tuning</source>
   <translation>Weiter trainieren</translation>
  </message>
  <message>
   <source>Go on tuning {0} first.</source>
   <translation>Setzen Sie zuerst das Training von {0} fort.</translation>
  </message>
  <message>
   <source>Make a person from photos</source>
   <translation>Eine Person aus Fotos anlegen</translation>
  </message>
  <message>
   <source>New person</source>
   <translation>Neue Person</translation>
  </message>
  <message>
   <source>Nobody chosen</source>
   <translation>Niemand gewählt</translation>
  </message>
  <message>
   <source>Not tuned yet: the model does not know this face.</source>
   <translation>Noch nicht trainiert: Das Modell kennt dieses Gesicht nicht.</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Teach the model this face</source>
   <translation>Dem Modell dieses Gesicht beibringen</translation>
  </message>
  <message>
   <source>The leave to portray ended on {0}. Ask again, then renew it on the person's page.</source>
   <translation>Die Einwilligung endete {0}. Fragen Sie erneut, und verlängern Sie sie auf der Seite der Person.</translation>
  </message>
  <message>
   <source>The leave to portray {0} has ended.</source>
   <translation>Die Einwilligung von {0} ist abgelaufen.</translation>
  </message>
  <message>
   <source>The tuning stopped before its end.</source>
   <translation>Das Training hörte vor seinem Ende auf.</translation>
  </message>
  <message>
   <source>Tune</source>
   <translation>Trainieren</translation>
  </message>
  <message>
   <source>Tune {0}</source>
   <translation>{0} trainieren</translation>
  </message>
  <message>
   <source>Tune {0} first.</source>
   <translation>Trainieren Sie {0} zuerst.</translation>
  </message>
  <message>
   <source>Wait until {0} is tuned.</source>
   <translation>Warten Sie, bis {0} trainiert ist.</translation>
  </message>
 </context>
 <context>
  <name>WordHints</name>
  <message>
   <source>Known words…</source>
   <translation>Bekannte Wörter …</translation>
  </message>
  <message>
   <source>Not known to the starter models: {0}</source>
   <translation>Den Startmodellen nicht bekannt: {0}</translation>
  </message>
  <message>
   <source>Taken roughly: {0}</source>
   <translation>Nur ungefähr verstanden: {0}</translation>
  </message>
  <message>
   <source>What the starter models know; a click puts it into the prompt</source>
   <translation>Was die Startmodelle kennen; ein Klick setzt es in den Prompt</translation>
  </message>
  <message>
   <source>{0} as {1}</source>
   <translation>{0} als {1}</translation>
  </message>
 </context>
 <context>
  <name>_Pictures</name>
  <message>
   <source>{}: click to open it on the canvas</source>
   <translation>{}: Klick öffnet es auf der Leinwand</translation>
  </message>
 </context>
 <context>
  <name>appearance</name>
  <message>
   <source>Age</source>
   <translation>Alter</translation>
  </message>
  <message>
   <source>Beard</source>
   <translation>Bart</translation>
  </message>
  <message>
   <source>Glasses</source>
   <translation>Brille</translation>
  </message>
  <message>
   <source>Hair colour</source>
   <translation>Haarfarbe</translation>
  </message>
  <message>
   <source>Hair length</source>
   <translation>Haarlänge</translation>
  </message>
  <message>
   <source>Hair texture</source>
   <translation>Haarstruktur</translation>
  </message>
  <message>
   <source>Skin</source>
   <translation>Haut</translation>
  </message>
  <message>
   <source>bald</source>
   <translation>Glatze</translation>
  </message>
  <message>
   <source>beard</source>
   <translation>Bart</translation>
  </message>
  <message>
   <source>black</source>
   <translation>schwarz</translation>
  </message>
  <message>
   <source>blond</source>
   <translation>blond</translation>
  </message>
  <message>
   <source>brown</source>
   <translation>braun</translation>
  </message>
  <message>
   <source>clean-shaven</source>
   <translation>glatt rasiert</translation>
  </message>
  <message>
   <source>curly</source>
   <translation>lockig</translation>
  </message>
  <message>
   <source>dark</source>
   <translation>dunkel</translation>
  </message>
  <message>
   <source>dark skin</source>
   <translation>dunkle Haut</translation>
  </message>
  <message>
   <source>elderly</source>
   <translation>älter</translation>
  </message>
  <message>
   <source>glasses</source>
   <translation>Brille</translation>
  </message>
  <message>
   <source>grey</source>
   <translation>grau</translation>
  </message>
  <message>
   <source>light</source>
   <translation>hell</translation>
  </message>
  <message>
   <source>light skin</source>
   <translation>helle Haut</translation>
  </message>
  <message>
   <source>long</source>
   <translation>lang</translation>
  </message>
  <message>
   <source>medium</source>
   <translation>mittel</translation>
  </message>
  <message>
   <source>medium skin tone</source>
   <translation>mittlerer Hautton</translation>
  </message>
  <message>
   <source>medium-length</source>
   <translation>mittellang</translation>
  </message>
  <message>
   <source>middle-aged</source>
   <translation>mittleren Alters</translation>
  </message>
  <message>
   <source>moustache</source>
   <translation>Schnurrbart</translation>
  </message>
  <message>
   <source>no beard</source>
   <translation>kein Bart</translation>
  </message>
  <message>
   <source>no glasses</source>
   <translation>keine Brille</translation>
  </message>
  <message>
   <source>red</source>
   <translation>rot</translation>
  </message>
  <message>
   <source>short</source>
   <translation>kurz</translation>
  </message>
  <message>
   <source>straight</source>
   <translation>glatt</translation>
  </message>
  <message>
   <source>stubble</source>
   <translation>Dreitagebart</translation>
  </message>
  <message>
   <source>sunglasses</source>
   <translation>Sonnenbrille</translation>
  </message>
  <message>
   <source>wavy</source>
   <translation>wellig</translation>
  </message>
  <message>
   <source>young</source>
   <translation>jung</translation>
  </message>
 </context>
 <context>
  <name>before hair</name>
  <message>
   <source>black</source>
   <translation>schwarzes</translation>
  </message>
  <message>
   <source>blond</source>
   <translation>blondes</translation>
  </message>
  <message>
   <source>brown</source>
   <translation>braunes</translation>
  </message>
  <message>
   <source>curly</source>
   <translation>lockiges</translation>
  </message>
  <message>
   <source>grey</source>
   <translation>graues</translation>
  </message>
  <message>
   <source>long</source>
   <translation>langes</translation>
  </message>
  <message>
   <source>medium-length</source>
   <translation>mittellanges</translation>
  </message>
  <message>
   <source>red</source>
   <translation>rotes</translation>
  </message>
  <message>
   <source>short</source>
   <translation>kurzes</translation>
  </message>
  <message>
   <source>straight</source>
   <translation>glattes</translation>
  </message>
  <message>
   <source>wavy</source>
   <translation>welliges</translation>
  </message>
  <message>
   <source>{adjectives} hair</source>
   <translation>{adjectives} Haar</translation>
  </message>
 </context>
 <context>
  <name>likeness</name>
  <message>
   <source>, strangers {0}</source>
   <translation>, Fremde {0}</translation>
  </message>
  <message>
   <source>; the person's own photos score {0}</source>
   <translation>; die eigenen Fotos erreichen {0}</translation>
  </message>
  <message>
   <source>likeness {0}</source>
   <translation>Ähnlichkeit {0}</translation>
  </message>
  <message>
   <source>no face found in the picture</source>
   <translation>kein Gesicht im Bild gefunden</translation>
  </message>
 </context>
 <context>
  <name>people</name>
  <message>
   <source>A first look. The likeness is rougher.</source>
   <translation>Ein erster Blick. Die Ähnlichkeit ist gröber.</translation>
  </message>
  <message>
   <source>An invented person</source>
   <translation>Eine erfundene Person</translation>
  </message>
  <message>
   <source>Expressions and styles</source>
   <translation>Ausdruck und Stile</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>Holds the face a little looser, so that it follows words and styles.</source>
   <translation>Hält das Gesicht etwas lockerer, damit es Worten und Stilen folgt.</translation>
  </message>
  <message>
   <source>It is me</source>
   <translation>Das bin ich</translation>
  </message>
  <message>
   <source>Left eye</source>
   <translation>Linkes Auge</translation>
  </message>
  <message>
   <source>Mouth</source>
   <translation>Mund</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>Nase</translation>
  </message>
  <message>
   <source>Not stated</source>
   <translation>Keine Angabe</translation>
  </message>
  <message>
   <source>Portrait</source>
   <translation>Porträt</translation>
  </message>
  <message>
   <source>Quick</source>
   <translation>Schnell</translation>
  </message>
  <message>
   <source>Right eye</source>
   <translation>Rechtes Auge</translation>
  </message>
  <message>
   <source>The full likeness, for portraits.</source>
   <translation>Die volle Ähnlichkeit, für Porträts.</translation>
  </message>
  <message>
   <source>With their leave</source>
   <translation>Mit Einwilligung</translation>
  </message>
  <message>
   <source>about a minute</source>
   <translation>etwa eine Minute</translation>
  </message>
  <message>
   <source>about an hour</source>
   <translation>etwa eine Stunde</translation>
  </message>
  <message>
   <source>about {hours} h {rest} min</source>
   <translation>etwa {hours} Std. {rest} Min.</translation>
  </message>
  <message>
   <source>about {hours} hours</source>
   <translation>etwa {hours} Stunden</translation>
  </message>
  <message>
   <source>about {minutes} minutes</source>
   <translation>etwa {minutes} Minuten</translation>
  </message>
  <message>
   <source>leave ends {day}</source>
   <translation>Einwilligung endet {day}</translation>
  </message>
  <message>
   <source>leave has ended</source>
   <translation>Einwilligung abgelaufen</translation>
  </message>
  <message>
   <source>less than a minute</source>
   <translation>weniger als eine Minute</translation>
  </message>
  <message>
   <source>likeness {score}</source>
   <translation>ähnlich {score}</translation>
  </message>
  <message>
   <source>mixed</source>
   <translation>gemischt</translation>
  </message>
  <message>
   <source>mixing</source>
   <translation>wird gemischt</translation>
  </message>
  <message>
   <source>not tuned yet</source>
   <translation>noch nicht trainiert</translation>
  </message>
  <message>
   <source>ready</source>
   <translation>bereit</translation>
  </message>
  <message>
   <source>tuning</source>
   <translation>wird trainiert</translation>
  </message>
  <message>
   <source>waits to be mixed</source>
   <translation>wartet auf das Mischen</translation>
  </message>
  <message>
   <source>waits to be tuned</source>
   <translation>wartet auf das Training</translation>
  </message>
  <message>
   <source>{steps} steps.</source>
   <translation>{steps} Schritte.</translation>
  </message>
  <message>
   <source>{why}, until {day}</source>
   <translation>{why}, bis {day}</translation>
  </message>
 </context>
</TS>
