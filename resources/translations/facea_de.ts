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
   <source>All keyboard shortcuts of the window</source>
   <translation>Alle Tastenkürzel des Fensters</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>If something does not work, the log says why. You can save it as a report without names.</source>
   <translation>Wenn etwas nicht funktioniert, steht der Grund im Protokoll. Es lässt sich als Bericht ohne Namen speichern.</translation>
  </message>
  <message>
   <source>Libraries used</source>
   <translation>Verwendete Bibliotheken</translation>
  </message>
  <message>
   <source>Licences</source>
   <translation>Lizenzen</translation>
  </message>
  <message>
   <source>Portraits that look like the person, made on your own computer with FaceA-Net.</source>
   <translation>Porträts, die der Person ähnlich sehen, auf dem eigenen Rechner erstellt mit FaceA-Net.</translation>
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
   <source>What the program did, and what went wrong</source>
   <translation>Was das Programm getan hat, und was schiefging</translation>
  </message>
 </context>
 <context>
  <name>AccelerationCard</name>
  <message>
   <source>Go &amp;back to the processor</source>
   <translation>&amp;Zurück zum Prozessor</translation>
  </message>
  <message>
   <source>Graphics card</source>
   <translation>Grafikkarte</translation>
  </message>
  <message>
   <source>Looking for a graphics card …</source>
   <translation>Eine Grafikkarte wird gesucht …</translation>
  </message>
  <message>
   <source>Says first what is downloaded, and how much</source>
   <translation>Sagt vorher, was heruntergeladen wird und wie viel</translation>
  </message>
  <message>
   <source>The PyTorch that came with the program is used from the next job on.</source>
   <translation>Ab dem nächsten Auftrag wird das PyTorch benutzt, das zum Programm gehört.</translation>
  </message>
  <message>
   <source>Use my &amp;graphics card…</source>
   <translation>Meine &amp;Grafikkarte benutzen…</translation>
  </message>
  <message>
   <source>Use the PyTorch that the program came with, and remove the one for the graphics card</source>
   <translation>Das PyTorch benutzen, das zum Programm gehört, und das für die Grafikkarte entfernen</translation>
  </message>
 </context>
 <context>
  <name>AccelerationDialog</name>
  <message>
   <source>&amp;Download {}</source>
   <translation>{} &amp;herunterladen</translation>
  </message>
  <message>
   <source>&amp;Not now</source>
   <translation>&amp;Nicht jetzt</translation>
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
   <source>It takes about {room} of the disk; {free} are free.</source>
   <translation>Auf der Festplatte braucht es etwa {room}; {free} sind frei.</translation>
  </message>
  <message>
   <source>PyTorch for {build} is downloaded from {host}, about {size}. It is kept apart from the program and used only after it has computed something on the card. Until then, and if that fails, everything stays as it is.</source>
   <translation>PyTorch für {build} wird von {host} heruntergeladen, etwa {size}. Es liegt getrennt vom Programm und wird erst benutzt, wenn es auf der Karte etwas berechnet hat. Bis dahin, und wenn das misslingt, bleibt alles, wie es ist.</translation>
  </message>
  <message>
   <source>Use my graphics card</source>
   <translation>Meine Grafikkarte benutzen</translation>
  </message>
 </context>
 <context>
  <name>AddPhotosForm</name>
  <message>
   <source>Add and tune…</source>
   <translation>Hinzufügen und trainieren …</translation>
  </message>
  <message>
   <source>Add photos of {name}</source>
   <translation>Fotos von {name} hinzufügen</translation>
  </message>
  <message>
   <source>Add, tune later</source>
   <translation>Anlegen, später trainieren</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>The more sides of the face the photos show, the better the likeness.</source>
   <translation>Je mehr Seiten des Gesichts die Fotos zeigen, desto besser die Ähnlichkeit.</translation>
  </message>
  <message>
   <source>The present tuning stays in use until the person is tuned on the new photos, too.</source>
   <translation>Das jetzige Training bleibt in Gebrauch, bis auch mit den neuen Fotos trainiert wurde.</translation>
  </message>
 </context>
 <context>
  <name>AdvancedSettings</name>
  <message>
   <source>A fixed seed for the scene: pictures with other seeds differ in the face alone.</source>
   <translation>Ein fester Seed für die Szene: Bilder mit anderen Seeds unterscheiden sich nur im Gesicht.</translation>
  </message>
  <message>
   <source>Adds the person's hair, age, beard, skin and glasses to the prompt unless it mentions them.</source>
   <translation>Ergänzt im Prompt Haare, Alter, Bart, Haut und Brille der Person, soweit er nichts dazu sagt.</translation>
  </message>
  <message>
   <source>Avoid (negative prompt)</source>
   <translation>Vermeiden (negativer Prompt)</translation>
  </message>
  <message>
   <source>Default ({0})</source>
   <translation>Vorgabe ({0})</translation>
  </message>
  <message>
   <source>Denoising steps for the face</source>
   <translation>Entrauschungsschritte für das Gesicht</translation>
  </message>
  <message>
   <source>Denoising steps for the scene</source>
   <translation>Entrauschungsschritte für die Szene</translation>
  </message>
  <message>
   <source>Face guidance</source>
   <translation>Guidance Gesicht</translation>
  </message>
  <message>
   <source>Face steps</source>
   <translation>Schritte Gesicht</translation>
  </message>
  <message>
   <source>How closely the face follows its prompt</source>
   <translation>Wie genau das Gesicht seinem Prompt folgt</translation>
  </message>
  <message>
   <source>How closely the scene follows its prompt</source>
   <translation>Wie genau die Szene ihrem Prompt folgt</translation>
  </message>
  <message>
   <source>How much of the original face is replaced; 1 redraws it completely</source>
   <translation>Wie viel vom ursprünglichen Gesicht ersetzt wird; 1 zeichnet es ganz neu</translation>
  </message>
  <message>
   <source>How noise is removed at each step</source>
   <translation>Wie das Rauschen in jedem Schritt entfernt wird</translation>
  </message>
  <message>
   <source>Keep this seed</source>
   <translation>Diesen Seed behalten</translation>
  </message>
  <message>
   <source>Match the person's appearance</source>
   <translation>Aussehen der Person übernehmen</translation>
  </message>
  <message>
   <source>New random seed</source>
   <translation>Neuer zufälliger Seed</translation>
  </message>
  <message>
   <source>Same as the seed</source>
   <translation>Wie der Seed</translation>
  </message>
  <message>
   <source>Scene guidance</source>
   <translation>Guidance Szene</translation>
  </message>
  <message>
   <source>Scene seed</source>
   <translation>Seed der Szene</translation>
  </message>
  <message>
   <source>Scene steps</source>
   <translation>Schritte Szene</translation>
  </message>
  <message>
   <source>Scheduler</source>
   <translation>Scheduler</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Shows what the model makes without the person's tuning.</source>
   <translation>Zeigt, was das Modell ohne das Training der Person erzeugt.</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>The same seed and settings give the same picture.</source>
   <translation>Gleicher Seed und gleiche Einstellungen ergeben dasselbe Bild.</translation>
  </message>
  <message>
   <source>The seed is fixed; click for a new one each time</source>
   <translation>Der Seed ist fest; Klick für jedes Mal einen neuen</translation>
  </message>
  <message>
   <source>Untuned, for comparison</source>
   <translation>Untrainiert, zum Vergleich</translation>
  </message>
  <message>
   <source>Use this seed for the next pictures too</source>
   <translation>Diesen Seed auch für die nächsten Bilder verwenden</translation>
  </message>
  <message>
   <source>What the picture should not show</source>
   <translation>Was das Bild nicht zeigen soll</translation>
  </message>
  <message>
   <source>Width to height of a new scene, and its size in pixels</source>
   <translation>Breite zu Höhe einer neuen Szene und ihre Größe in Pixeln</translation>
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
  <name>AppearancePicker</name>
  <message>
   <source>Correct</source>
   <translation>Korrigieren</translation>
  </message>
  <message>
   <source>Detect hair, age, skin and glasses in the photos</source>
   <translation>Haare, Alter, Haut und Brille auf den Fotos erkennen</translation>
  </message>
  <message>
   <source>Read from the photos</source>
   <translation>Von den Fotos ablesen</translation>
  </message>
  <message>
   <source>Scenes follow this unless the prompt says otherwise.</source>
   <translation>Szenen richten sich danach, sofern der Prompt nichts anderes sagt.</translation>
  </message>
  <message>
   <source>not specified</source>
   <translation>keine Angabe</translation>
  </message>
 </context>
 <context>
  <name>AttributeSlot</name>
  <message>
   <source>Blend in someone else's</source>
   <translation>Von jemand anderem beimischen</translation>
  </message>
 </context>
 <context>
  <name>BackgroundThread</name>
  <message>
   <source>Something went wrong. See Help &gt; Show log for details.</source>
   <translation>Etwas ist schiefgegangen. Einzelheiten unter Hilfe &gt; Protokoll anzeigen.</translation>
  </message>
 </context>
 <context>
  <name>BallotChoice</name>
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
   <source>Continue later (Esc)</source>
   <translation>Später weitermachen (Esc)</translation>
  </message>
  <message>
   <source>I cannot tell (S)</source>
   <translation>Ich kann es nicht sagen (S)</translation>
  </message>
  <message>
   <source>Previous question (Backspace)</source>
   <translation>Vorige Frage (Rücktaste)</translation>
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
   <source>{0} of {1} answered</source>
   <translation>{0} von {1} beantwortet</translation>
  </message>
 </context>
 <context>
  <name>Bin</name>
  <message>
   <source>Permanently deleted.</source>
   <translation>Endgültig gelöscht.</translation>
  </message>
  <message>
   <source>Portrait moved to the bin.</source>
   <translation>Porträt in den Papierkorb verschoben.</translation>
  </message>
  <message>
   <source>Restored.</source>
   <translation>Wiederhergestellt.</translation>
  </message>
  <message>
   <source>{name} moved to the bin.</source>
   <translation>{name} liegt jetzt im Papierkorb.</translation>
  </message>
  <message>
   <source>{} people moved to the bin.</source>
   <translation>{} Personen liegen jetzt im Papierkorb.</translation>
  </message>
  <message>
   <source>{} permanently deleted.</source>
   <translation>{} endgültig gelöscht.</translation>
  </message>
  <message>
   <source>{} portraits moved to the bin.</source>
   <translation>{} Porträts in den Papierkorb verschoben.</translation>
  </message>
  <message>
   <source>{} restored.</source>
   <translation>{} wiederhergestellt.</translation>
  </message>
 </context>
 <context>
  <name>BinModel</name>
  <message>
   <source>1 portrait</source>
   <translation>1 Porträt</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Portrait</source>
   <translation>Porträt</translation>
  </message>
  <message>
   <source>Unknown person</source>
   <translation>Unbekannte Person</translation>
  </message>
  <message>
   <source>deleted on {day}</source>
   <translation>gelöscht am {day}</translation>
  </message>
  <message>
   <source>kept until {day}</source>
   <translation>bleibt bis {day}</translation>
  </message>
  <message>
   <source>{} portraits</source>
   <translation>{} Porträts</translation>
  </message>
 </context>
 <context>
  <name>BinPage</name>
  <message>
   <source>&amp;Delete permanently…</source>
   <translation>&amp;Endgültig löschen…</translation>
  </message>
  <message>
   <source>&amp;Empty the bin…</source>
   <translation>Papierkorb &amp;leeren…</translation>
  </message>
  <message>
   <source>&amp;Restore</source>
   <translation>&amp;Wiederherstellen</translation>
  </message>
  <message>
   <source>After {} days it is erased when the program starts.</source>
   <translation>Nach {} Tagen löscht das Programm es beim Start endgültig.</translation>
  </message>
  <message>
   <source>Bin</source>
   <translation>Papierkorb</translation>
  </message>
  <message>
   <source>Change…</source>
   <translation>Ändern…</translation>
  </message>
  <message>
   <source>Choose when the bin empties itself</source>
   <translation>Festlegen, wann sich der Papierkorb von selbst leert</translation>
  </message>
  <message>
   <source>Empty the bin, with {} entries?</source>
   <translation>Papierkorb mit {} Einträgen leeren?</translation>
  </message>
  <message>
   <source>Empty the bin?</source>
   <translation>Papierkorb leeren?</translation>
  </message>
  <message>
   <source>It stays until you empty the bin.</source>
   <translation>Es bleibt, bis Sie den Papierkorb leeren.</translation>
  </message>
  <message>
   <source>Overwrite and remove it now (Del)</source>
   <translation>Jetzt überschreiben und entfernen (Entf)</translation>
  </message>
  <message>
   <source>People and portraits that you delete wait here and can be restored.</source>
   <translation>Gelöschte Personen und Porträts liegen hier und lassen sich wiederherstellen.</translation>
  </message>
  <message>
   <source>Permanently delete {name}?</source>
   <translation>{name} endgültig löschen?</translation>
  </message>
  <message>
   <source>Permanently delete {} entries of the bin?</source>
   <translation>{} Einträge des Papierkorbs endgültig löschen?</translation>
  </message>
  <message>
   <source>Put it back where it was (Enter)</source>
   <translation>Dorthin zurücklegen, wo es war (Eingabe)</translation>
  </message>
  <message>
   <source>The bin is empty</source>
   <translation>Der Papierkorb ist leer</translation>
  </message>
  <message>
   <source>The files are overwritten and removed, so that nothing of them is left. This cannot be undone.</source>
   <translation>Die Dateien werden überschrieben und entfernt, sodass nichts von ihnen zurückbleibt. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>What you delete waits here. Until the bin is emptied it is still on this disk: photos, faces, tuned weights and portraits.</source>
   <translation>Gelöschtes liegt zunächst hier. Bis der Papierkorb geleert wird, befindet es sich weiterhin auf diesem Datenträger: Fotos, Gesichter, trainierte Gewichte und Porträts.</translation>
  </message>
  <message>
   <source>this portrait</source>
   <translation>Dieses Porträt</translation>
  </message>
 </context>
 <context>
  <name>BlendPanel</name>
  <message>
   <source>Between {first} and {second}</source>
   <translation>Zwischen {first} und {second}</translation>
  </message>
  <message>
   <source>Choose the first person</source>
   <translation>Die erste Person wählen</translation>
  </message>
  <message>
   <source>Choose the second person</source>
   <translation>Die zweite Person wählen</translation>
  </message>
  <message>
   <source>Choose two different people.</source>
   <translation>Wählen Sie zwei verschiedene Personen.</translation>
  </message>
  <message>
   <source>Choose two people to see who is between them.</source>
   <translation>Wählen Sie zwei Personen, um zu sehen, wer zwischen ihnen liegt.</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Wählen …</translation>
  </message>
  <message>
   <source>Consent to portray {name} has ended. Ask again, then renew it on the person's page.</source>
   <translation>Die Einwilligung von {name} ist abgelaufen. Fragen Sie erneut, und verlängern Sie sie auf der Seite der Person.</translation>
  </message>
  <message>
   <source>Drawing…</source>
   <translation>Wird gezeichnet …</translation>
  </message>
  <message>
   <source>How much of the second person</source>
   <translation>Anteil der zweiten Person</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of the new person</source>
   <translation>Name der neuen Person</translation>
  </message>
  <message>
   <source>Save as a new person</source>
   <translation>Als neue Person speichern</translation>
  </message>
  <message>
   <source>Saving…</source>
   <translation>Wird gespeichert …</translation>
  </message>
  <message>
   <source>The two people do not change</source>
   <translation>Die beiden Personen bleiben, wie sie sind</translation>
  </message>
  <message>
   <source>consent ended</source>
   <translation>Einwilligung abgelaufen</translation>
  </message>
  <message>
   <source>not tuned</source>
   <translation>nicht trainiert</translation>
  </message>
  <message>
   <source>on the other side</source>
   <translation>auf der anderen Seite</translation>
  </message>
  <message>
   <source>uses other models</source>
   <translation>nutzt andere Modelle</translation>
  </message>
  <message>
   <source>{0} % {1}, {2} % {3}</source>
   <translation>{0} % {1}, {2} % {3}</translation>
  </message>
  <message>
   <source>{first} and {second} use different models. Choose people with the same models.</source>
   <translation>{first} und {second} nutzen verschiedene Modelle. Wählen Sie Personen mit denselben Modellen.</translation>
  </message>
  <message>
   <source>{name} is not tuned yet. Tune first, then blend.</source>
   <translation>{name} ist noch nicht trainiert. Erst trainieren, dann mischen.</translation>
  </message>
  <message>
   <source>{name} was added to your people.</source>
   <translation>{name} gehört jetzt zu Ihren Personen.</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
  <message>
   <source>{percent} % of the second person</source>
   <translation>{percent} % der zweiten Person</translation>
  </message>
 </context>
 <context>
  <name>BlendPicture</name>
  <message>
   <source>Face of the blend</source>
   <translation>Gesicht der Mischung</translation>
  </message>
 </context>
 <context>
  <name>BrushCard</name>
  <message>
   <source>Brush size in pixels ([ and ])</source>
   <translation>Pinselgröße in Pixeln ([ und ])</translation>
  </message>
  <message>
   <source>Edge hardness of the brush (Shift with [ and ])</source>
   <translation>Kantenhärte des Pinsels (Umschalt mit [ und ])</translation>
  </message>
  <message>
   <source>Hardness</source>
   <translation>Härte</translation>
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
   <source>Add a rectangle; Alt or the right button subtracts it</source>
   <translation>Ein Rechteck hinzufügen; Alt oder die rechte Taste zieht es ab</translation>
  </message>
  <message>
   <source>Add an ellipse; Alt or the right button subtracts it</source>
   <translation>Eine Ellipse hinzufügen; Alt oder die rechte Taste zieht sie ab</translation>
  </message>
  <message>
   <source>Add what you draw around; Alt or the right button subtracts it</source>
   <translation>Hinzufügen, was Sie umfahren; Alt oder die rechte Taste zieht es ab</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Hintergrund</translation>
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
   <source>Click to select skin, hair, lips and so on; Shift adds, Alt or the right button subtracts</source>
   <translation>Haut, Haare, Lippen und mehr mit einem Klick auswählen; Umschalt fügt hinzu, Alt oder die rechte Taste zieht ab</translation>
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
   <translation>Vorher und nachher mit einem Regler vergleichen</translation>
  </message>
  <message>
   <source>Copy picture</source>
   <translation>Bild kopieren</translation>
  </message>
  <message>
   <source>Copy the picture shown to the clipboard</source>
   <translation>Das gezeigte Bild in die Zwischenablage kopieren</translation>
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
   <source>Expand the mask on all sides</source>
   <translation>Die Maske ringsum vergrößern</translation>
  </message>
  <message>
   <source>Eyebrows</source>
   <translation>Augenbrauen</translation>
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
   <translation>Ausweiten</translation>
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
   <source>Invert the mask</source>
   <translation>Die Maske umkehren</translation>
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
   <source>Move</source>
   <translation>Verschieben</translation>
  </message>
  <message>
   <source>Move the picture and select faces</source>
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
   <source>Paint the mask; Alt or the right button erases, Shift draws a line</source>
   <translation>Maske malen; Alt oder die rechte Taste radiert, Umschalt zieht eine Linie</translation>
  </message>
  <message>
   <source>Paste picture as scene</source>
   <translation>Bild als Szene einfügen</translation>
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
   <source>Redo the last undone change</source>
   <translation>Die zuletzt rückgängig gemachte Änderung wiederholen</translation>
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
   <source>Show at actual size</source>
   <translation>In Originalgröße zeigen</translation>
  </message>
  <message>
   <source>Show the whole picture</source>
   <translation>Das ganze Bild zeigen</translation>
  </message>
  <message>
   <source>Shrink</source>
   <translation>Einengen</translation>
  </message>
  <message>
   <source>Shrink the mask on all sides</source>
   <translation>Die Maske ringsum verkleinern</translation>
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
   <source>Soften the mask's edge</source>
   <translation>Den Rand der Maske weichzeichnen</translation>
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
   <source>Undo the last change to the mask</source>
   <translation>Die letzte Änderung der Maske rückgängig machen</translation>
  </message>
  <message>
   <source>Use the picture on the clipboard as the scene</source>
   <translation>Das Bild aus der Zwischenablage als Szene verwenden</translation>
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
  <name>CanvasOverlays</name>
  <message>
   <source>Describe a portrait on the right, or drop a picture here to use it as the scene</source>
   <translation>Beschreiben Sie rechts ein Porträt, oder ziehen Sie ein Bild als Szene hierher</translation>
  </message>
  <message>
   <source>Your picture appears here</source>
   <translation>Hier erscheint Ihr Bild</translation>
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
  <name>CommandPalette</name>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Find a command or a person</source>
   <translation>Befehl oder Person suchen</translation>
  </message>
  <message>
   <source>No matches.</source>
   <translation>Keine Treffer.</translation>
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
   <source>Drag or use the left and right keys to compare; double-click to centre it</source>
   <translation>Zum Vergleichen ziehen (oder Tasten Links und Rechts); Doppelklick stellt in die Mitte</translation>
  </message>
 </context>
 <context>
  <name>ComparedPeople</name>
  <message>
   <source>A folder of people</source>
   <translation>Ordner mit Personen</translation>
  </message>
  <message>
   <source>Add photos of one person.</source>
   <translation>Fügen Sie Fotos einer Person hinzu.</translation>
  </message>
  <message>
   <source>Choose a folder that has one folder of photos per person.</source>
   <translation>Wählen Sie einen Ordner, der je Person einen Fotoordner enthält.</translation>
  </message>
  <message>
   <source>Choose why this face may be portrayed.</source>
   <translation>Wählen Sie, warum das Gesicht porträtiert werden darf.</translation>
  </message>
  <message>
   <source>Choose woman or man.</source>
   <translation>Wählen Sie Frau oder Mann.</translation>
  </message>
  <message>
   <source>Enter a name.</source>
   <translation>Geben Sie einen Namen ein.</translation>
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
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of the person</source>
   <translation>Name der Person</translation>
  </message>
  <message>
   <source>No person with photos yet</source>
   <translation>Noch keine Person mit Fotos</translation>
  </message>
  <message>
   <source>One person</source>
   <translation>Eine Person</translation>
  </message>
  <message>
   <source>Photos of one person</source>
   <translation>Fotos einer Person</translation>
  </message>
  <message>
   <source>Several people</source>
   <translation>Mehrere Personen</translation>
  </message>
  <message>
   <source>Someone in the &amp;library</source>
   <translation>Jemand aus der Bi&amp;bliothek</translation>
  </message>
  <message>
   <source>The consent has ended; renew it on the person's page.</source>
   <translation>Die Einwilligung ist abgelaufen; erneuern Sie sie auf der Seite der Person.</translation>
  </message>
  <message>
   <source>The name shown here</source>
   <translation>Der hier gezeigte Name</translation>
  </message>
  <message>
   <source>Use the photos of a person in your library</source>
   <translation>Die Fotos einer Person aus der Bibliothek verwenden</translation>
  </message>
 </context>
 <context>
  <name>Comparison</name>
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
   <source>A rare word, tuned only where words enter the model</source>
   <translation>Ein seltenes Wort, trainiert nur dort, wo Wörter in das Modell eingehen</translation>
  </message>
  <message>
   <source>Also tunes eyes, nose and mouth by name</source>
   <translation>Trainiert auch Augen, Nase und Mund mit Namen</translation>
  </message>
  <message>
   <source>Custom Diffusion</source>
   <translation>Custom Diffusion</translation>
  </message>
  <message>
   <source>DreamBooth LoRA</source>
   <translation>DreamBooth LoRA</translation>
  </message>
  <message>
   <source>Face and embeddings</source>
   <translation>Gesicht und Embeddings</translation>
  </message>
  <message>
   <source>Face and parts</source>
   <translation>Gesicht und Teile</translation>
  </message>
  <message>
   <source>Face and parts, each with its own embeddings: what Tune does</source>
   <translation>Gesicht und Teile, jeweils mit eigenen Embeddings: das macht Trainieren</translation>
  </message>
  <message>
   <source>Face only</source>
   <translation>Nur das Gesicht</translation>
  </message>
  <message>
   <source>FaceA-Net</source>
   <translation>FaceA-Net</translation>
  </message>
  <message>
   <source>Fits the prompt best</source>
   <translation>Passt am besten zum Prompt</translation>
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
   <source>Looks best</source>
   <translation>Sieht am besten aus</translation>
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
   <source>No tuning; a face recogniser's figures guide the large model</source>
   <translation>Kein Training; die Werte einer Gesichtserkennung leiten das große Modell</translation>
  </message>
  <message>
   <source>No tuning; the photos become a word of the prompt</source>
   <translation>Kein Training; die Fotos werden zu einem Wort des Prompts</translation>
  </message>
  <message>
   <source>No tuning; the photos guide the large model</source>
   <translation>Ohne Training; die Fotos leiten das große Modell</translation>
  </message>
  <message>
   <source>Not installed; download it on the Models page</source>
   <translation>Nicht installiert; auf der Seite „Modelle“ herunterladen</translation>
  </message>
  <message>
   <source>Only embeddings are tuned; the model stays as it is</source>
   <translation>Nur Embeddings werden trainiert; das Modell bleibt, wie es ist</translation>
  </message>
  <message>
   <source>Runs as an external program: see facea-desktop evaluate --help</source>
   <translation>Läuft als externes Programm: siehe facea-desktop evaluate --help</translation>
  </message>
  <message>
   <source>Textual Inversion</source>
   <translation>Textual Inversion</translation>
  </message>
  <message>
   <source>The face as a whole, with its own embeddings</source>
   <translation>Das Gesicht als Ganzes, mit eigenen Embeddings</translation>
  </message>
  <message>
   <source>The models without any tuning</source>
   <translation>Die Modelle ohne Training</translation>
  </message>
  <message>
   <source>The same, in the second stage only</source>
   <translation>Dasselbe, nur in der zweiten Stufe</translation>
  </message>
  <message>
   <source>The same, posed like the scene of the other methods</source>
   <translation>Dasselbe, in der Pose der Szene, die die anderen Methoden verwenden</translation>
  </message>
  <message>
   <source>The usual method: a rare word stands for the person</source>
   <translation>Das übliche Verfahren: ein seltenes Wort steht für die Person</translation>
  </message>
  <message>
   <source>Tunes the face as a whole</source>
   <translation>Trainiert das Gesicht als Ganzes</translation>
  </message>
  <message>
   <source>Untuned</source>
   <translation>Untrainiert</translation>
  </message>
  <message>
   <source>Which fits the prompt best?</source>
   <translation>Welches passt am besten zum Prompt?</translation>
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
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
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
   <source>{best} is most like these people, but its lead over {second} could be chance.</source>
   <translation>{best} ist diesen Personen am ähnlichsten, doch der Vorsprung vor {second} kann Zufall sein.</translation>
  </message>
  <message>
   <source>{best} is most like these people; its lead over {second} is statistically significant.</source>
   <translation>{best} ist diesen Personen am ähnlichsten; der Vorsprung vor {second} ist statistisch signifikant.</translation>
  </message>
  <message>
   <source>{best} is most like {person}, then {second}. Results for one person say little about others.</source>
   <translation>{best} ist {person} am ähnlichsten, dann {second}. Ergebnisse für eine Person sagen wenig über andere.</translation>
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
   <translation>{}, ohne Training</translation>
  </message>
 </context>
 <context>
  <name>ComparisonDetails</name>
  <message>
   <source>&amp;Delete…</source>
   <translation>&amp;Löschen …</translation>
  </message>
  <message>
   <source>&amp;Export results…</source>
   <translation>Ergebnisse e&amp;xportieren …</translation>
  </message>
  <message>
   <source>&amp;Resume</source>
   <translation>&amp;Fortsetzen</translation>
  </message>
  <message>
   <source>&amp;Stop</source>
   <translation>&amp;Anhalten</translation>
  </message>
  <message>
   <source>Add &amp;methods…</source>
   <translation>&amp;Methoden hinzufügen …</translation>
  </message>
  <message>
   <source>Compare more methods on the same photos and prompts</source>
   <translation>Weitere Methoden mit denselben Fotos und Prompts vergleichen</translation>
  </message>
  <message>
   <source>Continues where it stopped</source>
   <translation>Wird dort fortgesetzt, wo er angehalten wurde</translation>
  </message>
  <message>
   <source>Delete the comparison and all its files</source>
   <translation>Den Vergleich und alle seine Dateien löschen</translation>
  </message>
  <message>
   <source>No scores yet</source>
   <translation>Noch keine Werte</translation>
  </message>
  <message>
   <source>Open &amp;report</source>
   <translation>&amp;Bericht öffnen</translation>
  </message>
  <message>
   <source>Open the comparison's folder of pictures and tables</source>
   <translation>Den Ordner mit Bildern und Tabellen öffnen</translation>
  </message>
  <message>
   <source>Open the full report, with contact sheets and tests, in your browser</source>
   <translation>Den ganzen Bericht mit Bildtafeln und Tests im Browser öffnen</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Progress of the comparison</source>
   <translation>Fortschritt des Vergleichs</translation>
  </message>
  <message>
   <source>Save results.csv, one line per picture</source>
   <translation>results.csv speichern, eine Zeile je Bild</translation>
  </message>
  <message>
   <source>Scores</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>Show &amp;folder</source>
   <translation>&amp;Ordner zeigen</translation>
  </message>
  <message>
   <source>The table appears once all pictures are made and measured.</source>
   <translation>Die Tabelle erscheint, sobald alle Bilder erstellt und gemessen sind.</translation>
  </message>
  <message>
   <source>Vote</source>
   <translation>Abstimmen</translation>
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
  <name>ComparisonPage</name>
  <message>
   <source>&amp;New comparison</source>
   <translation>&amp;Neuer Vergleich</translation>
  </message>
  <message>
   <source>Compare methods</source>
   <translation>Methoden vergleichen</translation>
  </message>
  <message>
   <source>Comparison deleted.</source>
   <translation>Vergleich gelöscht.</translation>
  </message>
  <message>
   <source>Comparisons</source>
   <translation>Vergleiche</translation>
  </message>
  <message>
   <source>Export results</source>
   <translation>Ergebnisse exportieren</translation>
  </message>
  <message>
   <source>Permanently delete “{}”?</source>
   <translation>„{}“ endgültig löschen?</translation>
  </message>
  <message>
   <source>Results saved.</source>
   <translation>Ergebnisse gespeichert.</translation>
  </message>
  <message>
   <source>The consent for these faces ended on {day}. Create a new comparison once it is renewed.</source>
   <translation>Die Einwilligung für diese Gesichter endete am {day}. Legen Sie einen neuen Vergleich an, sobald sie erneuert ist.</translation>
  </message>
  <message>
   <source>The copied photos, the tuned weights, all pictures and votes are overwritten.</source>
   <translation>Die kopierten Fotos, die trainierten Gewichte, alle Bilder und Stimmen werden überschrieben.</translation>
  </message>
  <message>
   <source>Your comparisons appear here.</source>
   <translation>Hier erscheinen Ihre Vergleiche.</translation>
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
   <source>I have their &amp;permission</source>
   <translation>Ich habe eine &amp;Einwilligung</translation>
  </message>
  <message>
   <source>It's &amp;me</source>
   <translation>Das &amp;bin ich</translation>
  </message>
  <message>
   <source>Last day of the consent</source>
   <translation>Letzter Tag der Einwilligung</translation>
  </message>
  <message>
   <source>No portraits can be made after this day until the consent is renewed</source>
   <translation>Nach diesem Tag sind keine Porträts möglich, bis die Einwilligung erneuert ist</translation>
  </message>
  <message>
   <source>The person agreed to portraits being made of them</source>
   <translation>Die Person ist damit einverstanden, dass Sie Porträts von ihr erstellen</translation>
  </message>
  <message>
   <source>The photos do not show a real person</source>
   <translation>Die Fotos zeigen keine reale Person</translation>
  </message>
 </context>
 <context>
  <name>CropEditor</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Click the face of the person who is meant.</source>
   <translation>Klicken Sie auf das Gesicht der Person, die gemeint ist.</translation>
  </message>
  <message>
   <source>Crop of {photo}</source>
   <translation>Ausschnitt aus {photo}</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Drag the square, or a corner to resize it, until it holds the whole head.</source>
   <translation>Ziehen Sie das Quadrat oder eine Ecke, bis der ganze Kopf darin liegt.</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
 </context>
 <context>
  <name>CropView</name>
  <message>
   <source>Photo with the square that is cut out</source>
   <translation>Foto mit dem Quadrat, das ausgeschnitten wird</translation>
  </message>
 </context>
 <context>
  <name>DatasetPicker</name>
  <message>
   <source>1 person</source>
   <translation>1 Person</translation>
  </message>
  <message>
   <source>A folder of people</source>
   <translation>Ordner mit Personen</translation>
  </message>
  <message>
   <source>Checking the photos …</source>
   <translation>Die Fotos werden geprüft …</translation>
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
   <source>It needs one folder of four or more photos per person, and a people.json that says who is a woman or a man: {"anna": "woman", "ben": "man"}.</source>
   <translation>Er braucht je Person einen Ordner mit mindestens vier Fotos und eine people.json, die sagt, wer Frau oder Mann ist: {"anna": "woman", "ben": "man"}.</translation>
  </message>
  <message>
   <source>There is no people.json: choose woman or man for everyone.</source>
   <translation>Es gibt keine people.json: Wählen Sie Frau oder Mann für alle.</translation>
  </message>
  <message>
   <source>{people}: three reference photos each, {held} held out.</source>
   <translation>{people}: je drei Referenzfotos, {held} zurückgehalten.</translation>
  </message>
  <message>
   <source>{} people</source>
   <translation>{} Personen</translation>
  </message>
 </context>
 <context>
  <name>DeleteDialog</name>
  <message>
   <source>Also delete the portrait of them</source>
   <translation>Auch das Porträt dieser Personen löschen</translation>
  </message>
  <message>
   <source>Also delete the portrait of this person</source>
   <translation>Auch das Porträt dieser Person löschen</translation>
  </message>
  <message>
   <source>Also delete the {count} portraits of them</source>
   <translation>Auch die {count} Porträts dieser Personen löschen</translation>
  </message>
  <message>
   <source>Also delete the {count} portraits of this person</source>
   <translation>Auch die {count} Porträts dieser Person löschen</translation>
  </message>
  <message>
   <source>Delete permanently</source>
   <translation>Endgültig löschen</translation>
  </message>
  <message>
   <source>Permanently delete {who}?</source>
   <translation>{who} endgültig löschen?</translation>
  </message>
  <message>
   <source>Portraits you exported elsewhere are not affected.</source>
   <translation>Porträts, die Sie anderswohin exportiert haben, bleiben erhalten.</translation>
  </message>
  <message>
   <source>The photos, masks, tuned weights and all checkpoints are overwritten and removed. This cannot be undone.</source>
   <translation>Die Fotos, Masken, trainierten Gewichte und alle Zwischenstände werden überschrieben und entfernt. Das lässt sich nicht rückgängig machen.</translation>
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
  <name>DevicePage</name>
  <message>
   <source>&amp;Refresh</source>
   <translation>&amp;Aktualisieren</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatisch</translation>
  </message>
  <message>
   <source>Automatic chooses the fastest.</source>
   <translation>Automatisch wählt das schnellste.</translation>
  </message>
  <message>
   <source>Compute device</source>
   <translation>Rechengerät</translation>
  </message>
  <message>
   <source>Detect devices and free memory again</source>
   <translation>Geräte und freien Speicher neu ermitteln</translation>
  </message>
  <message>
   <source>Detecting devices …</source>
   <translation>Geräte werden ermittelt …</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Economical</source>
   <translation>Sparsam</translation>
  </message>
  <message>
   <source>Economical loads models onto the device one after the other: slower, but needs much less memory.</source>
   <translation>Sparsam lädt die Modelle nacheinander auf das Gerät: langsamer, braucht aber viel weniger Speicher.</translation>
  </message>
  <message>
   <source>FACEA_DEVICE is set: Automatic uses {}.</source>
   <translation>FACEA_DEVICE ist gesetzt: Automatisch verwendet {}.</translation>
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
   <source>Half precision is faster and uses half the memory; full precision is for comparison.</source>
   <translation>Halbe Genauigkeit ist schneller und braucht halb so viel Speicher; volle dient dem Vergleich.</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Not supported on processors; choose bf16.</source>
   <translation>Auf Prozessoren nicht möglich; wählen Sie bf16.</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Genauigkeit</translation>
  </message>
  <message>
   <source>Processors do not support fp16. Choose bf16 or Automatic.</source>
   <translation>Prozessoren unterstützen fp16 nicht. Wählen Sie bf16 oder Automatisch.</translation>
  </message>
  <message>
   <source>The hardware that tunes and makes pictures. Changes apply from the next job.</source>
   <translation>Die Hardware, die trainiert und Bilder erstellt. Änderungen gelten ab dem nächsten Auftrag.</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Rechner</translation>
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
  <name>DownloadDialog</name>
  <message>
   <source>&amp;Download {}</source>
   <translation>{} &amp;herunterladen</translation>
  </message>
  <message>
   <source>&amp;Not now</source>
   <translation>&amp;Jetzt nicht</translation>
  </message>
  <message>
   <source>Close without downloading anything</source>
   <translation>Schließen, ohne etwas herunterzuladen</translation>
  </message>
  <message>
   <source>Download models</source>
   <translation>Modelle herunterladen</translation>
  </message>
  <message>
   <source>Download {}</source>
   <translation>{} herunterladen</translation>
  </message>
  <message>
   <source>FaceA Desktop uses the network only when you ask it to. It sends none of your data. You can stop at any time and resume later; every file is verified after the download.</source>
   <translation>FaceA Desktop nutzt das Netz nur, wenn Sie es verlangen, und sendet keine Ihrer Daten. Sie können jederzeit anhalten und später fortsetzen; jede Datei wird nach dem Herunterladen geprüft.</translation>
  </message>
  <message>
   <source>Licence: {}</source>
   <translation>Lizenz: {}</translation>
  </message>
  <message>
   <source>Only {} free on the disk. Free up space first.</source>
   <translation>Nur {} frei auf der Festplatte. Schaffen Sie zuerst Platz.</translation>
  </message>
  <message>
   <source>Please read the licences: by downloading you agree to them.</source>
   <translation>Bitte lesen Sie die Lizenzen: Mit dem Herunterladen stimmen Sie ihnen zu.</translation>
  </message>
  <message>
   <source>Start the download</source>
   <translation>Herunterladen starten</translation>
  </message>
  <message>
   <source>{address}, revision {revision}</source>
   <translation>{address}, Revision {revision}</translation>
  </message>
  <message>
   <source>{} free on the disk.</source>
   <translation>{} frei auf der Festplatte.</translation>
  </message>
 </context>
 <context>
  <name>DownloadLine</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Continue where it stopped</source>
   <translation>Dort fortsetzen, wo es anhielt</translation>
  </message>
  <message>
   <source>Downloading {}</source>
   <translation>{} wird heruntergeladen</translation>
  </message>
  <message>
   <source>Hide this</source>
   <translation>Ausblenden</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Stop the download; what has arrived is kept</source>
   <translation>Herunterladen anhalten; schon Geladenes bleibt</translation>
  </message>
 </context>
 <context>
  <name>EarlyStop</name>
  <message>
   <source>Best so far: likeness {score} at step {step}.</source>
   <translation>Bisher am besten: Ähnlichkeit {score} bei Schritt {step}.</translation>
  </message>
  <message>
   <source>Good enough, stop here</source>
   <translation>Gut genug, hier aufhören</translation>
  </message>
  <message>
   <source>Stop tuning at the next step and keep the weights with the best likeness so far</source>
   <translation>Das Training beim nächsten Schritt beenden und die Gewichte mit der bisher besten Ähnlichkeit behalten</translation>
  </message>
  <message>
   <source>Stops at the next step, with likeness {score} of step {step} or better.</source>
   <translation>Endet nach dem nächsten Schritt, mit Ähnlichkeit {score} von Schritt {step} oder besser.</translation>
  </message>
  <message>
   <source>The likeness has stopped rising; the best was {score} at step {step}.</source>
   <translation>Die Ähnlichkeit steigt nicht mehr; am besten war {score} bei Schritt {step}.</translation>
  </message>
 </context>
 <context>
  <name>Enlarge</name>
  <message>
   <source>enlarged {} times</source>
   <translation>{}-fach vergrößert</translation>
  </message>
  <message>
   <source>{} times</source>
   <translation>{}-fach</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source>&amp;Export</source>
   <translation>&amp;Exportieren</translation>
  </message>
  <message>
   <source>&amp;Show in folder</source>
   <translation>Im &amp;Ordner zeigen</translation>
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
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Enlarging {0} of {1}</source>
   <translation>{0} von {1} wird vergrößert</translation>
  </message>
  <message>
   <source>Export cancelled. Files already written are kept.</source>
   <translation>Export abgebrochen. Bereits geschriebene Dateien bleiben erhalten.</translation>
  </message>
  <message>
   <source>Export the portrait</source>
   <translation>Porträt exportieren</translation>
  </message>
  <message>
   <source>Export {} portraits</source>
   <translation>{} Porträts exportieren</translation>
  </message>
  <message>
   <source>Nothing was exported: the pictures are damaged or missing.</source>
   <translation>Nichts wurde exportiert: Die Bilder sind beschädigt oder fehlen.</translation>
  </message>
  <message>
   <source>One picture is larger, but no sharper than plain enlarging makes it.</source>
   <translation>Ein Bild ist größer, aber nicht schärfer als bei einfachem Vergrößern.</translation>
  </message>
  <message>
   <source>Progress of the export</source>
   <translation>Fortschritt des Exports</translation>
  </message>
  <message>
   <source>Skipped {0} that could not be read: {1}</source>
   <translation>{0} nicht lesbar und übersprungen: {1}</translation>
  </message>
  <message>
   <source>{0} of {1} exported</source>
   <translation>{0} von {1} exportiert</translation>
  </message>
  <message>
   <source>{} exported.</source>
   <translation>{} exportiert.</translation>
  </message>
  <message>
   <source>{} pictures are larger, but no sharper than plain enlarging makes them.</source>
   <translation>{} Bilder sind größer, aber nicht schärfer als bei einfachem Vergrößern.</translation>
  </message>
  <message>
   <source>{} portraits exported.</source>
   <translation>{} Porträts exportiert.</translation>
  </message>
 </context>
 <context>
  <name>ExportOptionsForm</name>
  <message>
   <source> px</source>
   <translation> px</translation>
  </message>
  <message>
   <source>&amp;Mark as made with AI</source>
   <translation>Als &amp;mit KI erstellt kennzeichnen</translation>
  </message>
  <message>
   <source>&amp;Quality</source>
   <translation>&amp;Qualität</translation>
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
   <source>Anyone with the file can read the prompt and settings; drop it here to restore them</source>
   <translation>Wer die Datei hat, kann Prompt und Einstellungen lesen; hierher gezogen stellt sie beides wieder her</translation>
  </message>
  <message>
   <source>As other photo programs read them (xmp:Rating and dc:subject)</source>
   <translation>So, wie andere Fotoprogramme sie lesen (xmp:Rating und dc:subject)</translation>
  </message>
  <message>
   <source>At most {} pixels</source>
   <translation>Höchstens {} Pixel</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Einen Ordner wählen</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Wählen …</translation>
  </message>
  <message>
   <source>Colour space</source>
   <translation>Farbraum</translation>
  </message>
  <message>
   <source>Colours look the same in each; choose what your other software expects</source>
   <translation>Die Farben sehen in jedem gleich aus; wählen Sie, was Ihre weitere Software erwartet</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Datum</translation>
  </message>
  <message>
   <source>Display P3</source>
   <translation>Display P3</translation>
  </message>
  <message>
   <source>Existing files are never overwritten</source>
   <translation>Vorhandene Dateien werden nie überschrieben</translation>
  </message>
  <message>
   <source>Export to</source>
   <translation>Exportieren nach</translation>
  </message>
  <message>
   <source>File name</source>
   <translation>Dateiname</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>For example: {}</source>
   <translation>Zum Beispiel: {}</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Higher keeps more detail but makes larger files</source>
   <translation>Höher erhält mehr Details, macht aber größere Dateien</translation>
  </message>
  <message>
   <source>Include &amp;stars and keywords</source>
   <translation>&amp;Sterne und Stichwörter mitgeben</translation>
  </message>
  <message>
   <source>Include the &amp;prompt</source>
   <translation>&amp;Prompt mitspeichern</translation>
  </message>
  <message>
   <source>Insert a detail of the portrait</source>
   <translation>Angabe des Porträts einfügen</translation>
  </message>
  <message>
   <source>Length of the longer side; smaller portraits keep their size</source>
   <translation>Länge der längeren Seite; kleinere Porträts behalten ihre Größe</translation>
  </message>
  <message>
   <source>No profile</source>
   <translation>Kein Profil</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Nummer</translation>
  </message>
  <message>
   <source>Original size</source>
   <translation>Originalgröße</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
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
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>Qualität</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Stars</source>
   <translation>Sterne</translation>
  </message>
  <message>
   <source>Writes the IPTC digital source type, which other programs and websites read</source>
   <translation>Schreibt den IPTC-Quelltyp, den andere Programme und Websites lesen</translation>
  </message>
  <message>
   <source>sRGB (works everywhere)</source>
   <translation>sRGB (überall lesbar)</translation>
  </message>
  <message>
   <source>{} times as large</source>
   <translation>{}-fach vergrößert</translation>
  </message>
 </context>
 <context>
  <name>FaceCard</name>
  <message>
   <source>Click the face to redraw. Click it again to leave this picture out.</source>
   <translation>Klicken Sie auf das Gesicht, das neu gemalt werden soll. Ein weiterer Klick lässt das Bild aus.</translation>
  </message>
  <message>
   <source>left out</source>
   <translation>ausgelassen</translation>
  </message>
  <message>
   <source>no face found</source>
   <translation>kein Gesicht gefunden</translation>
  </message>
  <message>
   <source>not recognised: click a face</source>
   <translation>nicht erkannt: ein Gesicht anklicken</translation>
  </message>
  <message>
   <source>to be redrawn</source>
   <translation>wird neu gemalt</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
 </context>
 <context>
  <name>FaceChips</name>
  <message>
   <source>Choose a person for this face (Delete: not a face)</source>
   <translation>Person für dieses Gesicht wählen (Entf: kein Gesicht)</translation>
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
  <name>FaceMenu</name>
  <message>
   <source> (at first sight)</source>
   <translation> (auf den ersten Blick)</translation>
  </message>
  <message>
   <source> (consent ended)</source>
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
   <source>Leave this face unchanged</source>
   <translation>Dieses Gesicht nicht ändern</translation>
  </message>
  <message>
   <source>Whose face goes here?</source>
   <translation>Wessen Gesicht kommt hierher?</translation>
  </message>
  <message>
   <source>Words for this face…</source>
   <translation>Worte für dieses Gesicht …</translation>
  </message>
 </context>
 <context>
  <name>FaceWordsDialog</name>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>They replace what the prompt says about faces. Leave it empty to follow the prompt.</source>
   <translation>Sie ersetzen, was der Prompt über Gesichter sagt. Leer gilt der Prompt.</translation>
  </message>
  <message>
   <source>Words for this face</source>
   <translation>Worte für dieses Gesicht</translation>
  </message>
  <message>
   <source>Words for {name}'s face</source>
   <translation>Worte für das Gesicht von {name}</translation>
  </message>
  <message>
   <source>smiling, wearing sunglasses</source>
   <translation>smiling, wearing sunglasses</translation>
  </message>
 </context>
 <context>
  <name>FamilyCard</name>
  <message>
   <source>&amp;Download missing models ({})…</source>
   <translation>&amp;Fehlende Modelle herunterladen ({}) …</translation>
  </message>
  <message>
   <source>&amp;Scene model</source>
   <translation>Sz&amp;enenmodell</translation>
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
   <source>A language model that can split prompts in the place of the rules; choose it below.</source>
   <translation>Ein Sprachmodell, das Prompts anstelle der Regeln aufteilen kann; es wird unten ausgewählt.</translation>
  </message>
  <message>
   <source>A model for scenes (Stable Diffusion XL, Z-Image, FLUX.2 [klein], Qwen-Image) or for faces (Stable Diffusion 1 or XL inpainting) already on this computer</source>
   <translation>Ein Modell für Szenen (Stable Diffusion XL, Z-Image, FLUX.2 [klein], Qwen-Image) oder für Gesichter (Stable Diffusion 1 oder XL Inpainting), das schon auf diesem Rechner ist</translation>
  </message>
  <message>
   <source>A published method to compare with; it needs Stable Diffusion XL for scenes.</source>
   <translation>Eine veröffentlichte Methode zum Vergleichen; sie braucht Stable Diffusion XL für die Szenen.</translation>
  </message>
  <message>
   <source>Detecting devices …</source>
   <translation>Geräte werden ermittelt …</translation>
  </message>
  <message>
   <source>For a GPU: any scene, {scene} pixels; faces redrawn at {face} pixels.</source>
   <translation>Für eine GPU: beliebige Szenen mit {scene} Pixeln; Gesichter mit {face} Pixeln neu gezeichnet.</translation>
  </message>
  <message>
   <source>For any computer: head-and-shoulders photographs, {scene} pixels, from a fixed set of words; faces redrawn at {face} pixels.</source>
   <translation>Für jeden Rechner: Fotos von Kopf und Schultern mit {scene} Pixeln, aus einem festen Wortschatz; Gesichter mit {face} Pixeln neu gezeichnet.</translation>
  </message>
  <message>
   <source>For comparisons</source>
   <translation>Für Vergleiche</translation>
  </message>
  <message>
   <source>For splitting prompts</source>
   <translation>Zum Aufteilen von Prompts</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>Verwendet</translation>
  </message>
  <message>
   <source>Incomplete</source>
   <translation>Unvollständig</translation>
  </message>
  <message>
   <source>Needed only to measure portraits in comparisons.</source>
   <translation>Nur nötig, um Porträts in Vergleichen zu messen.</translation>
  </message>
  <message>
   <source>New people use this family; existing people keep theirs</source>
   <translation>Neue Personen verwenden diese Familie; vorhandene behalten ihre</translation>
  </message>
  <message>
   <source>Not installed</source>
   <translation>Nicht installiert</translation>
  </message>
  <message>
   <source>Optional, for the large models: follows the head where the program alone would redraw a whole box.</source>
   <translation>Optional, für die großen Modelle: folgt dem Kopf, wo das Programm allein ein ganzes Rechteck neu zeichnen würde.</translation>
  </message>
  <message>
   <source>Outlines of heads</source>
   <translation>Umrisse von Köpfen</translation>
  </message>
  <message>
   <source>Ready to use</source>
   <translation>Einsatzbereit</translation>
  </message>
  <message>
   <source>Shows sizes and licences before downloading</source>
   <translation>Zeigt vor dem Herunterladen Größen und Lizenzen</translation>
  </message>
  <message>
   <source>The model that makes the scene; people keep their tuning</source>
   <translation>Das Modell, das die Szene erstellt; das Training der Personen bleibt erhalten</translation>
  </message>
  <message>
   <source>Use the original model again</source>
   <translation>Wieder das Originalmodell verwenden</translation>
  </message>
  <message>
   <source>Use your &amp;own weights</source>
   <translation>&amp;Eigene Gewichte verwenden</translation>
  </message>
  <message>
   <source>Use {} again; your file is not deleted</source>
   <translation>{} wieder verwenden; Ihre Datei bleibt erhalten</translation>
  </message>
  <message>
   <source>Your own weights are missing. Put them back, or use the original model again.</source>
   <translation>Ihre eigenen Gewichte fehlen. Legen Sie sie zurück, oder verwenden Sie wieder das Originalmodell.</translation>
  </message>
  <message>
   <source>Your own: {}</source>
   <translation>Eigene: {}</translation>
  </message>
  <message>
   <source>finds faces</source>
   <translation>findet Gesichter</translation>
  </message>
  <message>
   <source>included</source>
   <translation>mitgeliefert</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>installiert</translation>
  </message>
  <message>
   <source>makes the scene</source>
   <translation>erstellt die Szene</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>nicht installiert</translation>
  </message>
  <message>
   <source>redraws the face</source>
   <translation>zeichnet das Gesicht neu</translation>
  </message>
  <message>
   <source>text encoder of the detector</source>
   <translation>Textencoder der Erkennung</translation>
  </message>
  <message>
   <source>your own weights</source>
   <translation>Ihre eigenen Gewichte</translation>
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
  <name>FirstSightPreview</name>
  <message>
   <source>At first sight; tuning makes it more alike.</source>
   <translation>Auf den ersten Blick; Training macht es ähnlicher.</translation>
  </message>
  <message>
   <source>Painting a portrait at first sight …</source>
   <translation>Ein Porträt auf den ersten Blick wird gemalt …</translation>
  </message>
  <message>
   <source>Portrait at first sight</source>
   <translation>Porträt auf den ersten Blick</translation>
  </message>
 </context>
 <context>
  <name>FolderDialog</name>
  <message>
   <source>&amp;Person</source>
   <translation>&amp;Person</translation>
  </message>
  <message>
   <source>&amp;Replaces the face of</source>
   <translation>E&amp;rsetzt das Gesicht von</translation>
  </message>
  <message>
   <source>A wildcard in the words cannot be filled in.</source>
   <translation>Ein Platzhalter im Text lässt sich nicht auflösen.</translation>
  </message>
  <message>
   <source>Add and tune a person first.</source>
   <translation>Legen Sie zuerst eine Person an und trainieren Sie sie.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose a folder of pictures</source>
   <translation>Ordner mit Bildern wählen</translation>
  </message>
  <message>
   <source>Choose folder…</source>
   <translation>Ordner wählen …</translation>
  </message>
  <message>
   <source>How the face should look, such as: smiling (optional)</source>
   <translation>Wie das Gesicht aussehen soll, etwa: smiling (freiwillig)</translation>
  </message>
  <message>
   <source>In each picture, the face to be redrawn is proposed for you to check.</source>
   <translation>In jedem Bild wird das Gesicht, das neu gemalt wird, zum Prüfen vorgeschlagen.</translation>
  </message>
  <message>
   <source>Looking for faces: {0} of {1}</source>
   <translation>Gesichter werden gesucht: {0} von {1}</translation>
  </message>
  <message>
   <source>Make pictures</source>
   <translation>Bilder malen</translation>
  </message>
  <message>
   <source>Make pictures ({0})</source>
   <translation>Bilder malen ({0})</translation>
  </message>
  <message>
   <source>Put a person into pictures</source>
   <translation>Person in Bilder einsetzen</translation>
  </message>
  <message>
   <source>Takes {0}.</source>
   <translation>Dauert {0}.</translation>
  </message>
  <message>
   <source>There are no pictures in {0}.</source>
   <translation>In {0} sind keine Bilder.</translation>
  </message>
  <message>
   <source>the same person</source>
   <translation>derselben Person</translation>
  </message>
  <message>
   <source>{0} cannot be read: {1}</source>
   <translation>{0} lässt sich nicht lesen: {1}</translation>
  </message>
  <message>
   <source>{0} of {1} pictures chosen.</source>
   <translation>{0} von {1} Bildern ausgewählt.</translation>
  </message>
  <message>
   <source>{0} to check.</source>
   <translation>{0} zu prüfen.</translation>
  </message>
 </context>
 <context>
  <name>Formatting</name>
  <message>
   <source>a day</source>
   <translation>einen Tag</translation>
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
   <source>about {} days</source>
   <translation>etwa {} Tage</translation>
  </message>
  <message>
   <source>about {} h</source>
   <translation>etwa {} Std.</translation>
  </message>
  <message>
   <source>about {} s</source>
   <translation>etwa {} s</translation>
  </message>
  <message>
   <source>less than a minute</source>
   <translation>weniger als eine Minute</translation>
  </message>
  <message>
   <source>{} and {}</source>
   <translation>{} und {}</translation>
  </message>
  <message>
   <source>{} left</source>
   <translation>noch {}</translation>
  </message>
 </context>
 <context>
  <name>GalleryFilters</name>
  <message>
   <source>Any album</source>
   <translation>Alle Alben</translation>
  </message>
  <message>
   <source>Any keyword</source>
   <translation>Alle Stichwörter</translation>
  </message>
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
   <source>Any time</source>
   <translation>Beliebige Zeit</translation>
  </message>
  <message>
   <source>Between…</source>
   <translation>Zwischen …</translation>
  </message>
  <message>
   <source>Everyone</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Finds portraits with all these words or word beginnings (Ctrl+F)</source>
   <translation>Findet Porträts mit allen diesen Wörtern oder Wortanfängen (Strg+F)</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Highest likeness</source>
   <translation>Ähnlichste</translation>
  </message>
  <message>
   <source>Highest rated</source>
   <translation>Beste Bewertung</translation>
  </message>
  <message>
   <source>Last month</source>
   <translation>Letzter Monat</translation>
  </message>
  <message>
   <source>Last week</source>
   <translation>Letzte Woche</translation>
  </message>
  <message>
   <source>More filters: albums, keywords, time and seed</source>
   <translation>Weitere Filter: Alben, Stichwörter, Zeit und Seed</translation>
  </message>
  <message>
   <source>Newest first</source>
   <translation>Neueste</translation>
  </message>
  <message>
   <source>Not rejected</source>
   <translation>Nicht aussortiert</translation>
  </message>
  <message>
   <source>Oldest first</source>
   <translation>Älteste</translation>
  </message>
  <message>
   <source>Only portraits in this album</source>
   <translation>Nur Porträts aus diesem Album</translation>
  </message>
  <message>
   <source>Only portraits in this style</source>
   <translation>Nur Porträts in diesem Stil</translation>
  </message>
  <message>
   <source>Only portraits made in this period</source>
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
   <source>Only portraits with at least this many stars</source>
   <translation>Nur Porträts mit mindestens so vielen Sternen</translation>
  </message>
  <message>
   <source>Only portraits with this keyword</source>
   <translation>Nur Porträts mit diesem Stichwort</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Aussortiert</translation>
  </message>
  <message>
   <source>Search portraits</source>
   <translation>Porträts durchsuchen</translation>
  </message>
  <message>
   <source>Search prompts, people, styles and keywords</source>
   <translation>Prompts, Personen, Stile und Stichwörter durchsuchen</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Sort order</source>
   <translation>Reihenfolge</translation>
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
   <source>to</source>
   <translation>bis</translation>
  </message>
 </context>
 <context>
  <name>GalleryGrid</name>
  <message>
   <source>Portraits</source>
   <translation>Porträts</translation>
  </message>
 </context>
 <context>
  <name>GalleryModel</name>
  <message>
   <source>rejected</source>
   <translation>aussortiert</translation>
  </message>
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
   <source>Bin</source>
   <translation>Papierkorb</translation>
  </message>
  <message>
   <source>Clear the search</source>
   <translation>Suche leeren</translation>
  </message>
  <message>
   <source>Deleted portraits and people, which can be restored</source>
   <translation>Gelöschte Porträts und Personen, die sich wiederherstellen lassen</translation>
  </message>
  <message>
   <source>Make your first portrait</source>
   <translation>Das erste Porträt erstellen</translation>
  </message>
  <message>
   <source>No matches</source>
   <translation>Keine Treffer</translation>
  </message>
  <message>
   <source>No portrait matches. Try fewer words or filters.</source>
   <translation>Kein Porträt passt. Versuchen Sie es mit weniger Wörtern oder Filtern.</translation>
  </message>
  <message>
   <source>No portraits yet</source>
   <translation>Noch keine Porträts</translation>
  </message>
  <message>
   <source>Size of the pictures</source>
   <translation>Größe der Bilder</translation>
  </message>
  <message>
   <source>Size of the pictures (+, -, or Ctrl with the wheel)</source>
   <translation>Größe der Bilder (+, - oder Strg mit dem Mausrad)</translation>
  </message>
  <message>
   <source>That portrait is no longer in the gallery.</source>
   <translation>Dieses Porträt ist nicht mehr in der Galerie.</translation>
  </message>
  <message>
   <source>Your portraits are kept here. Drop a portrait here to restore its settings.</source>
   <translation>Hier werden Ihre Porträts aufbewahrt. Ziehen Sie ein Porträt hierher, um seine Einstellungen wiederherzustellen.</translation>
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
  <name>GiverRow</name>
  <message>
   <source>Choose whose to use</source>
   <translation>Wählen, von wem</translation>
  </message>
  <message>
   <source>Choose whose to use, or drop a person here</source>
   <translation>Wählen, von wem, oder eine Person hierher ziehen</translation>
  </message>
  <message>
   <source>How strongly it is applied</source>
   <translation>Wie stark es übernommen wird</translation>
  </message>
  <message>
   <source>Remove {}</source>
   <translation>{} entfernen</translation>
  </message>
  <message>
   <source>Strength: {}</source>
   <translation>Stärke: {}</translation>
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
   <source>{}: choose whose to use</source>
   <translation>{}: wählen, von wem</translation>
  </message>
 </context>
 <context>
  <name>GridDialog</name>
  <message>
   <source>&amp;Columns</source>
   <translation>&amp;Spalten</translation>
  </message>
  <message>
   <source>&amp;Rows</source>
   <translation>&amp;Zeilen</translation>
  </message>
  <message>
   <source>Checkpoint</source>
   <translation>Zwischenstand</translation>
  </message>
  <message>
   <source>Columns: {columns}, rows: {rows}, pictures: {count}</source>
   <translation>Spalten: {columns}, Zeilen: {rows}, Bilder: {count}</translation>
  </message>
  <message>
   <source>Each pair of values becomes a portrait; everything else is as in the portrait panel. Put commas between the values. When the job is done, save its contact sheet under Jobs.</source>
   <translation>Aus jedem Wertepaar wird ein Porträt; alles andere ist wie im Porträtbereich eingestellt. Trennen Sie die Werte durch Kommas. Wenn der Auftrag fertig ist, lässt sich unter Aufträge der Kontaktbogen speichern.</translation>
  </message>
  <message>
   <source>Expression</source>
   <translation>Ausdruck</translation>
  </message>
  <message>
   <source>Grid of two settings</source>
   <translation>Raster aus zwei Einstellungen</translation>
  </message>
  <message>
   <source>Guidance, face</source>
   <translation>Guidance, Gesicht</translation>
  </message>
  <message>
   <source>Guidance, scene</source>
   <translation>Guidance, Szene</translation>
  </message>
  <message>
   <source>Make pictures</source>
   <translation>Bilder malen</translation>
  </message>
  <message>
   <source>No portraits can be made of {0}.</source>
   <translation>Von {0} lassen sich keine Porträts malen.</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Seed</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Steps, face</source>
   <translation>Schritte, Gesicht</translation>
  </message>
  <message>
   <source>Steps, scene</source>
   <translation>Schritte, Szene</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Strength, style</source>
   <translation>Stärke, Stil</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Stil</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>Words of the prompt</source>
   <translation>Wörter des Prompts</translation>
  </message>
 </context>
 <context>
  <name>JobActions</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Abbrechen</translation>
  </message>
  <message>
   <source>&amp;Remove</source>
   <translation>&amp;Entfernen</translation>
  </message>
  <message>
   <source>&amp;Skip picture</source>
   <translation>Bild &amp;überspringen</translation>
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
   <source>Leave out the picture that is being made, and go on with the next one</source>
   <translation>Das Bild, das gerade entsteht, auslassen und mit dem nächsten weitermachen</translation>
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
   <source>Move to &amp;front</source>
   <translation>An den An&amp;fang</translation>
  </message>
  <message>
   <source>Move to front</source>
   <translation>An den Anfang</translation>
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
   <source>Queue the job again; tuning resumes from its last checkpoint, a batch where it stopped</source>
   <translation>Den Auftrag wieder einreihen; Training wird ab dem letzten Zwischenstand fortgesetzt, eine Bilderserie dort, wo sie stehen blieb</translation>
  </message>
  <message>
   <source>Remove from the list</source>
   <translation>Aus der Liste entfernen</translation>
  </message>
  <message>
   <source>Remove the job from the list; its results are kept (Delete)</source>
   <translation>Den Auftrag aus der Liste entfernen; seine Ergebnisse bleiben erhalten (Entf)</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Run before all other waiting jobs (Ctrl+Home)</source>
   <translation>Vor allen anderen wartenden Aufträgen ausführen (Strg+Pos1)</translation>
  </message>
  <message>
   <source>Save &amp;sheet…</source>
   <translation>&amp;Bogen speichern …</translation>
  </message>
  <message>
   <source>Save the pictures of this grid as one labelled picture</source>
   <translation>Die Bilder dieses Rasters als ein beschriftetes Bild speichern</translation>
  </message>
  <message>
   <source>Stop this job at its next step, or remove it from the queue (Delete)</source>
   <translation>Diesen Auftrag beim nächsten Schritt anhalten oder aus der Warteschlange entfernen (Entf)</translation>
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
   <translation>Details</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Ausblenden</translation>
  </message>
  <message>
   <source>No job is running</source>
   <translation>Kein Auftrag läuft</translation>
  </message>
  <message>
   <source>Not now; it stays in the job list</source>
   <translation>Jetzt nicht; er bleibt in der Auftragsliste</translation>
  </message>
  <message>
   <source>Progress of the running job</source>
   <translation>Fortschritt des laufenden Auftrags</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Resume the jobs that were interrupted when the program closed</source>
   <translation>Die Aufträge fortsetzen, die beim Ende des Programms unterbrochen wurden</translation>
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
   <source>{}: stopping at the next step</source>
   <translation>{}: hält beim nächsten Schritt an</translation>
  </message>
 </context>
 <context>
  <name>JobCurves</name>
  <message>
   <source>Likeness by step</source>
   <translation>Ähnlichkeit je Schritt</translation>
  </message>
  <message>
   <source>Loss by step, face and attribute</source>
   <translation>Verlust je Schritt, Gesicht und Merkmal</translation>
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
  <name>JobDetails</name>
  <message>
   <source>Job log</source>
   <translation>Protokoll des Auftrags</translation>
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
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Progress of the job</source>
   <translation>Fortschritt des Auftrags</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
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
   <source>progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>time left</source>
   <translation>verbleibend</translation>
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
  <name>JobNotices</name>
  <message>
   <source>Click to see it.</source>
   <translation>Anklicken, um es zu sehen.</translation>
  </message>
 </context>
 <context>
  <name>JobPictures</name>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
 </context>
 <context>
  <name>Jobs</name>
  <message>
   <source>A job has failed</source>
   <translation>Ein Auftrag ist fehlgeschlagen</translation>
  </message>
  <message>
   <source>A job is done</source>
   <translation>Ein Auftrag ist fertig</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>Merkmale</translation>
  </message>
  <message>
   <source>Avoid</source>
   <translation>Vermeiden</translation>
  </message>
  <message>
   <source>Based on</source>
   <translation>Grundlage</translation>
  </message>
  <message>
   <source>Build of PyTorch</source>
   <translation>PyTorch-Fassung</translation>
  </message>
  <message>
   <source>Columns</source>
   <translation>Spalten</translation>
  </message>
  <message>
   <source>Comparing methods on {}</source>
   <translation>Methoden vergleichen an {}</translation>
  </message>
  <message>
   <source>Downloading {}</source>
   <translation>{} herunterladen</translation>
  </message>
  <message>
   <source>Enlarged</source>
   <translation>Vergrößert</translation>
  </message>
  <message>
   <source>Enlarging</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>Finished</source>
   <translation>Beendet</translation>
  </message>
  <message>
   <source>Likeness {likeness} after {step} steps</source>
   <translation>Ähnlichkeit {likeness} nach {step} Schritten</translation>
  </message>
  <message>
   <source>LoRA</source>
   <translation>LoRA</translation>
  </message>
  <message>
   <source>Made {name}, likeness {likeness}</source>
   <translation>{name} erstellt, Ähnlichkeit {likeness}</translation>
  </message>
  <message>
   <source>Made {}; no face found in it</source>
   <translation>{} erstellt; kein Gesicht darin gefunden</translation>
  </message>
  <message>
   <source>Measuring</source>
   <translation>Messen</translation>
  </message>
  <message>
   <source>Methods</source>
   <translation>Methoden</translation>
  </message>
  <message>
   <source>Mixing {}</source>
   <translation>{} mischen</translation>
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
   <source>Note: {}</source>
   <translation>Hinweis: {}</translation>
  </message>
  <message>
   <source>Painting</source>
   <translation>Malen</translation>
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
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Picture {number} failed: {why}</source>
   <translation>Bild {number} ist gescheitert: {why}</translation>
  </message>
  <message>
   <source>Picture {number} was skipped</source>
   <translation>Bild {number} wurde übersprungen</translation>
  </message>
  <message>
   <source>Picture {number} was there already</source>
   <translation>Bild {number} war schon da</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>Prozessor</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Queued</source>
   <translation>Eingereiht</translation>
  </message>
  <message>
   <source>Ray on this computer</source>
   <translation>Ray auf diesem Rechner</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>Zeilen</translation>
  </message>
  <message>
   <source>Run again</source>
   <translation>Noch einmal</translation>
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
   <source>Saved to</source>
   <translation>Speicherort</translation>
  </message>
  <message>
   <source>Scene</source>
   <translation>Szene</translation>
  </message>
  <message>
   <source>Scene photo</source>
   <translation>Szenenbild</translation>
  </message>
  <message>
   <source>Scene seed</source>
   <translation>Seed der Szene</translation>
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
   <source>Shape</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Started</source>
   <translation>Gestartet</translation>
  </message>
  <message>
   <source>Starts at</source>
   <translation>Beginnt</translation>
  </message>
  <message>
   <source>Starts once “{}” is done</source>
   <translation>Beginnt, sobald „{}“ fertig ist</translation>
  </message>
  <message>
   <source>Starts once “{}” is resumed and done</source>
   <translation>Beginnt, sobald „{}“ fortgesetzt und fertig ist</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>The comparison is done</source>
   <translation>Der Vergleich ist fertig</translation>
  </message>
  <message>
   <source>The download is done</source>
   <translation>Der Download ist fertig</translation>
  </message>
  <message>
   <source>The enlarged picture is ready</source>
   <translation>Das vergrößerte Bild ist fertig</translation>
  </message>
  <message>
   <source>The mix is ready</source>
   <translation>Die Mischung ist fertig</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Tuning</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Tuning is done</source>
   <translation>Das Training ist fertig</translation>
  </message>
  <message>
   <source>Tuning {}</source>
   <translation>{} trainieren</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <source>Waiting in the queue</source>
   <translation>Wartet in der Warteschlange</translation>
  </message>
  <message>
   <source>Working</source>
   <translation>In Arbeit</translation>
  </message>
  <message>
   <source>Your portrait is ready</source>
   <translation>Ihr Porträt ist fertig</translation>
  </message>
  <message>
   <source>Your portraits are ready</source>
   <translation>Ihre Porträts sind fertig</translation>
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
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>failed: {}</source>
   <translation>fehlgeschlagen: {}</translation>
  </message>
  <message>
   <source>interrupted when the program closed</source>
   <translation>beim Ende des Programms unterbrochen</translation>
  </message>
  <message>
   <source>last checkpoint</source>
   <translation>letzter Zwischenstand</translation>
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
   <source>portrait</source>
   <translation>Porträt</translation>
  </message>
  <message>
   <source>rank {rank}, learning rate {rate}</source>
   <translation>Rang {rank}, Lernrate {rate}</translation>
  </message>
  <message>
   <source>right eye</source>
   <translation>rechtes Auge</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
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
   <source>see the log</source>
   <translation>siehe Protokoll</translation>
  </message>
  <message>
   <source>starting</source>
   <translation>startet</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>workers on this computer</source>
   <translation>Arbeitsprozesse auf diesem Rechner</translation>
  </message>
  <message>
   <source>{device} · {workers}</source>
   <translation>{device} · {workers}</translation>
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
   <source>{name}: enlarged {times} times</source>
   <translation>{name}: {times}-fach vergrößert</translation>
  </message>
  <message>
   <source>{name}: {count} pictures</source>
   <translation>{name}: {count} Bilder</translation>
  </message>
  <message>
   <source>{steps}, {batch} pictures each</source>
   <translation>{steps}, je {batch} Bilder</translation>
  </message>
  <message>
   <source>{what}, {total} steps</source>
   <translation>{what}, {total} Schritte</translation>
  </message>
  <message>
   <source>{} per attribute</source>
   <translation>{} je Merkmal</translation>
  </message>
  <message>
   <source>{} times</source>
   <translation>{}-fach</translation>
  </message>
  <message>
   <source>{} waiting</source>
   <translation>{} warten</translation>
  </message>
  <message>
   <source>{}'s {}</source>
   <translation>{}: {}</translation>
  </message>
  <message>
   <source>{}: starting</source>
   <translation>{}: startet</translation>
  </message>
 </context>
 <context>
  <name>JobsPage</name>
  <message>
   <source>&amp;New person</source>
   <translation>&amp;Neue Person</translation>
  </message>
  <message>
   <source>&amp;Workers …</source>
   <translation>&amp;Arbeitsprozesse …</translation>
  </message>
  <message>
   <source>Cancel &amp;all</source>
   <translation>&amp;Alle abbrechen</translation>
  </message>
  <message>
   <source>Clear fini&amp;shed</source>
   <translation>B&amp;eendete entfernen</translation>
  </message>
  <message>
   <source>Create a person from photos</source>
   <translation>Eine Person aus Fotos anlegen</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Let jobs run in more processes or on a Ray cluster, too</source>
   <translation>Aufträge auch in weiteren Prozessen oder auf einem Ray-Cluster ausführen</translation>
  </message>
  <message>
   <source>No jobs yet</source>
   <translation>Noch keine Aufträge</translation>
  </message>
  <message>
   <source>Remove all finished jobs from the list; their results are kept</source>
   <translation>Alle beendeten Aufträge aus der Liste entfernen; ihre Ergebnisse bleiben erhalten</translation>
  </message>
  <message>
   <source>Stop running jobs and empty the queue</source>
   <translation>Laufende Aufträge anhalten und die Warteschlange leeren</translation>
  </message>
  <message>
   <source>Tuning, portraits and mixing run here one after the other. Start with a person.</source>
   <translation>Trainings, Porträts und Mischungen laufen hier nacheinander. Beginnen Sie mit einer Person.</translation>
  </message>
  <message>
   <source>deleted person</source>
   <translation>gelöschte Person</translation>
  </message>
 </context>
 <context>
  <name>KnownWords</name>
  <message>
   <source>Also: {0}</source>
   <translation>Auch: {0}</translation>
  </message>
  <message>
   <source>The starter models understand these words, the styles, and many synonyms. Click a word to add it to the prompt or remove it.</source>
   <translation>Die Startmodelle verstehen diese Wörter, die Stile und viele Synonyme. Ein Klick fügt ein Wort in den Prompt ein oder entfernt es.</translation>
  </message>
  <message>
   <source>Words the starter models know</source>
   <translation>Wörter, die die Startmodelle kennen</translation>
  </message>
 </context>
 <context>
  <name>LabelsDialog</name>
  <message>
   <source>Albums</source>
   <translation>Alben</translation>
  </message>
  <message>
   <source>Keywords</source>
   <translation>Stichwörter</translation>
  </message>
  <message>
   <source>Keywords and albums</source>
   <translation>Stichwörter und Alben</translation>
  </message>
  <message>
   <source>Keywords and albums of {} portraits</source>
   <translation>Stichwörter und Alben von {} Porträts</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Separate several with commas.</source>
   <translation>Mehrere durch Kommas trennen.</translation>
  </message>
  <message>
   <source>Shown is what all of them share; whatever else each one has stays.</source>
   <translation>Hier steht, was alle gemeinsam haben; was einzelne darüber hinaus haben, bleibt.</translation>
  </message>
  <message>
   <source>Summer, For Grandma</source>
   <translation>Sommer, Für Oma</translation>
  </message>
  <message>
   <source>sea, dusk, favourite coat</source>
   <translation>Meer, Dämmerung, Lieblingsmantel</translation>
  </message>
 </context>
 <context>
  <name>LibraryPanel</name>
  <message>
   <source>Add a person from a few photos</source>
   <translation>Eine Person aus ein paar Fotos anlegen</translation>
  </message>
  <message>
   <source>Add a person from three or more photos, or drop the photos here.</source>
   <translation>Legen Sie eine Person aus mindestens drei Fotos an, oder ziehen Sie die Fotos hierher.</translation>
  </message>
  <message>
   <source>An invented person; the photos are included</source>
   <translation>Eine erfundene Person; die Fotos sind dabei</translation>
  </message>
  <message>
   <source>Find people by name</source>
   <translation>Personen nach Namen finden</translation>
  </message>
  <message>
   <source>Likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>More actions for the selected people</source>
   <translation>Mehr für die gewählten Personen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
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
   <source>No matches</source>
   <translation>Keine Treffer</translation>
  </message>
  <message>
   <source>No name contains these words.</source>
   <translation>Kein Name enthält diese Wörter.</translation>
  </message>
  <message>
   <source>No people yet</source>
   <translation>Noch keine Personen</translation>
  </message>
  <message>
   <source>Open the &amp;bin</source>
   <translation>&amp;Papierkorb öffnen</translation>
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
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Try a sample person</source>
   <translation>Mit Beispielperson probieren</translation>
  </message>
  <message>
   <source>{shown} of {all}</source>
   <translation>{shown} von {all}</translation>
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
  <name>LikenessSection</name>
  <message>
   <source>Likeness</source>
   <translation>Ähnlichkeit</translation>
  </message>
  <message>
   <source>Measured during tuning.</source>
   <translation>Wird während des Trainings gemessen.</translation>
  </message>
  <message>
   <source>Similarity of a test portrait to the photos during tuning.</source>
   <translation>Ähnlichkeit eines Probeporträts mit den Fotos während des Trainings.</translation>
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
   <source>A text file to send to someone who helps you: versions and log, without names, prompts or paths</source>
   <translation>Eine Textdatei für alle, die Ihnen helfen: Versionen und Protokoll, ohne Namen, Prompts und Pfade</translation>
  </message>
  <message>
   <source>Copy the selection, or everything shown</source>
   <translation>Die Auswahl kopieren, oder alles Angezeigte</translation>
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
   <source>No entry matches. Try other words, or show everything.</source>
   <translation>Kein Eintrag passt. Versuchen Sie andere Wörter, oder zeigen Sie alles.</translation>
  </message>
  <message>
   <source>Nothing has been logged yet.</source>
   <translation>Noch steht nichts im Protokoll.</translation>
  </message>
  <message>
   <source>Open the folder with the log</source>
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
   <source>Which entries to show</source>
   <translation>Welche Einträge gezeigt werden</translation>
  </message>
  <message>
   <source>{} could not be saved. Choose another folder.</source>
   <translation>{} konnte nicht gespeichert werden. Wählen Sie einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{} saved. Check it for private details before you share it.</source>
   <translation>{} gespeichert. Prüfen Sie den Bericht vor dem Weitergeben auf private Angaben.</translation>
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
   <source>Appearance and language</source>
   <translation>Aussehen und Sprache</translation>
  </message>
  <message>
   <source>Applies immediately.</source>
   <translation>Gilt sofort.</translation>
  </message>
  <message>
   <source>Follow the &amp;system</source>
   <translation>Wie das &amp;System</translation>
  </message>
  <message>
   <source>Follow the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Notifications</source>
   <translation>Benachrichtigungen</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>On, with names and prompts</source>
   <translation>An, mit Namen und Prompts</translation>
  </message>
  <message>
   <source>On, without names</source>
   <translation>An, ohne Namen</translation>
  </message>
  <message>
   <source>Pictures are easiest to judge on a dark, neutral background.</source>
   <translation>Bilder lassen sich am besten auf dunklem, neutralem Hintergrund beurteilen.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Design</translation>
  </message>
  <message>
   <source>When a long job ends while you use another program. Notifications can appear on the locked screen.</source>
   <translation>Wenn ein langer Auftrag endet, während Sie ein anderes Programm benutzen. Benachrichtigungen können auf dem gesperrten Bildschirm erscheinen.</translation>
  </message>
 </context>
 <context>
  <name>LoraDialog</name>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>LoRA files do not contain a name. Prompts use the word man or woman.</source>
   <translation>Eine LoRA-Datei enthält keinen Namen. Prompts verwenden das Wort man oder woman.</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Who does {file} show?</source>
   <translation>Wen zeigt {file}?</translation>
  </message>
 </context>
 <context>
  <name>LoraStrength</name>
  <message>
   <source>1 as it was trained, 0 not at all</source>
   <translation>1 wie trainiert, 0 gar nicht</translation>
  </message>
  <message>
   <source>Strength of the style</source>
   <translation>Stärke des Stils</translation>
  </message>
 </context>
 <context>
  <name>LoraStyleDialog</name>
  <message>
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>Add a LoRA as a style</source>
   <translation>LoRA als Stil hinzufügen</translation>
  </message>
  <message>
   <source>For scenes by Stable Diffusion XL. The file is copied; the strength can be changed later.</source>
   <translation>Für Szenen von Stable Diffusion XL. Die Datei wird kopiert; die Stärke lässt sich später ändern.</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Words it needs in the prompt, if any</source>
   <translation>Wörter, die im Prompt stehen müssen, falls nötig</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Comparisons</source>
   <translation>Vergleiche</translation>
  </message>
  <message>
   <source>FaceA Desktop</source>
   <translation>FaceA Desktop</translation>
  </message>
  <message>
   <source>Gallery</source>
   <translation>Galerie</translation>
  </message>
  <message>
   <source>If you quit, the job stops. You can resume it next time.</source>
   <translation>Wenn Sie beenden, wird der Auftrag angehalten. Sie können ihn beim nächsten Mal fortsetzen.</translation>
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
   <source>The program closed unexpectedly last time. See Help &gt; Show log for details.</source>
   <translation>Das Programm wurde beim letzten Mal unerwartet beendet. Einzelheiten unter Hilfe &gt; Protokoll anzeigen.</translation>
  </message>
  <message>
   <source>{0} is neither a person (.facea) nor a picture.</source>
   <translation>{0} ist weder eine Person (.facea) noch ein Bild.</translation>
  </message>
  <message>
   <source>“{0}” is still running.</source>
   <translation>„{0}“ läuft noch.</translation>
  </message>
 </context>
 <context>
  <name>MakeBar</name>
  <message>
   <source>&amp;One picture</source>
   <translation>&amp;Ein Bild</translation>
  </message>
  <message>
   <source>A new scene for each picture</source>
   <translation>Eine neue Szene für jedes Bild</translation>
  </message>
  <message>
   <source>All steps</source>
   <translation>Alle Schritte</translation>
  </message>
  <message>
   <source>As long as portraits took on this computer lately, once it is their turn</source>
   <translation>So lange dauerten Porträts zuletzt auf diesem Computer, sobald sie an der Reihe waren</translation>
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
   <source>Four &amp;scenes to choose from</source>
   <translation>Vier &amp;Szenen zur Auswahl</translation>
  </message>
  <message>
   <source>Half the steps, for a quick look</source>
   <translation>Die Hälfte der Schritte, für einen schnellen Blick</translation>
  </message>
  <message>
   <source>How many pictures to make, each with the next seed</source>
   <translation>Wie viele Bilder erstellt werden, jedes mit dem nächsten Seed</translation>
  </message>
  <message>
   <source>Make</source>
   <translation>Malen</translation>
  </message>
  <message>
   <source>Make several pictures to choose from</source>
   <translation>Mehrere Bilder zur Auswahl malen</translation>
  </message>
  <message>
   <source>Make the pictures (Ctrl+Enter)</source>
   <translation>Die Bilder malen (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Making {0} of {1}</source>
   <translation>Malt {0} von {1}</translation>
  </message>
  <message>
   <source>Number of pictures</source>
   <translation>Anzahl der Bilder</translation>
  </message>
  <message>
   <source>One scene for &amp;all pictures</source>
   <translation>Eine Szene für &amp;alle Bilder</translation>
  </message>
  <message>
   <source>One scene, &amp;four faces to choose from</source>
   <translation>Eine Szene, &amp;vier Gesichter zur Auswahl</translation>
  </message>
  <message>
   <source>One scene, with a new face in each picture</source>
   <translation>Eine Szene, mit einem neuen Gesicht in jedem Bild</translation>
  </message>
  <message>
   <source>Stop making these pictures</source>
   <translation>Das Malen anhalten</translation>
  </message>
 </context>
 <context>
  <name>MaskEditing</name>
  <message>
   <source>Brush</source>
   <translation>Pinsel</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
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
   <translation>Ausweiten</translation>
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
   <source>Rectangle</source>
   <translation>Rechteck</translation>
  </message>
  <message>
   <source>Select part</source>
   <translation>Teil auswählen</translation>
  </message>
  <message>
   <source>Shrink</source>
   <translation>Einengen</translation>
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
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Close without changing the masks</source>
   <translation>Schließen, ohne die Masken zu ändern</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Masks of {photo}</source>
   <translation>Masken von {photo}</translation>
  </message>
  <message>
   <source>Paint over everything that belongs to the part; erase the rest.</source>
   <translation>Übermalen Sie, was zum Teil gehört, und radieren Sie den Rest.</translation>
  </message>
  <message>
   <source>Paint the mask of this part (Ctrl+{number})</source>
   <translation>Die Maske dieses Teils malen (Strg+{number})</translation>
  </message>
  <message>
   <source>Save the masks and close</source>
   <translation>Die Masken speichern und schließen</translation>
  </message>
  <message>
   <source>The mask of {parts} is empty. Paint it, or cancel to keep the previous one.</source>
   <translation>Die Maske ({parts}) ist leer. Malen Sie sie, oder brechen Sie ab, um die bisherige zu behalten.</translation>
  </message>
  <message>
   <source>The masks have changed. Keep or discard the changes?</source>
   <translation>Die Masken wurden geändert. Änderungen behalten oder verwerfen?</translation>
  </message>
 </context>
 <context>
  <name>MaskLookMenu</name>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <source>Colour of the theme</source>
   <translation>Farbe des Themas</translation>
  </message>
  <message>
   <source>Green</source>
   <translation>Grün</translation>
  </message>
  <message>
   <source>Mask colour and opacity</source>
   <translation>Farbe und Deckkraft der Maske</translation>
  </message>
  <message>
   <source>Outline only</source>
   <translation>Nur der Umriss</translation>
  </message>
  <message>
   <source>Red</source>
   <translation>Rot</translation>
  </message>
  <message>
   <source>Yellow</source>
   <translation>Gelb</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
 </context>
 <context>
  <name>MenuBar</name>
  <message>
   <source>&amp;About FaceA Desktop</source>
   <translation>Ü&amp;ber FaceA Desktop</translation>
  </message>
  <message>
   <source>&amp;Bin</source>
   <translation>&amp;Papierkorb</translation>
  </message>
  <message>
   <source>&amp;Clear finished jobs</source>
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
   <source>&amp;Find a command…</source>
   <translation>Be&amp;fehl suchen …</translation>
  </message>
  <message>
   <source>&amp;Full screen</source>
   <translation>&amp;Vollbild</translation>
  </message>
  <message>
   <source>&amp;Grid of two settings…</source>
   <translation>&amp;Raster aus zwei Einstellungen …</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Hilfe</translation>
  </message>
  <message>
   <source>&amp;Hide side panels</source>
   <translation>Seiten&amp;felder ausblenden</translation>
  </message>
  <message>
   <source>&amp;Import person…</source>
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
   <source>&amp;Open picture as scene…</source>
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
   <source>&amp;Stop running job</source>
   <translation>&amp;Laufenden Auftrag anhalten</translation>
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
   <source>Cancel &amp;all</source>
   <translation>&amp;Alle abbrechen</translation>
  </message>
  <message>
   <source>Cancel or remove</source>
   <translation>Abbrechen oder entfernen</translation>
  </message>
  <message>
   <source>Choose a picture</source>
   <translation>Ein Bild wählen</translation>
  </message>
  <message>
   <source>Choose one of the new pictures</source>
   <translation>Eins der neuen Bilder wählen</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Delete selection permanently</source>
   <translation>Auswahl endgültig löschen</translation>
  </message>
  <message>
   <source>Delete the picture permanently</source>
   <translation>Bild endgültig löschen</translation>
  </message>
  <message>
   <source>Earlier, later</source>
   <translation>Früher, später</translation>
  </message>
  <message>
   <source>Export selection</source>
   <translation>Auswahl exportieren</translation>
  </message>
  <message>
   <source>Follow the &amp;system</source>
   <translation>Wie das &amp;System</translation>
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
   <source>Keep all new pictures</source>
   <translation>Alle neuen Bilder behalten</translation>
  </message>
  <message>
   <source>Keywords and albums</source>
   <translation>Stichwörter und Alben</translation>
  </message>
  <message>
   <source>Make portraits</source>
   <translation>Porträts erstellen</translation>
  </message>
  <message>
   <source>Move selection to the bin</source>
   <translation>Auswahl in den Papierkorb</translation>
  </message>
  <message>
   <source>Move the picture to the bin</source>
   <translation>Bild in den Papierkorb</translation>
  </message>
  <message>
   <source>Move to front</source>
   <translation>An den Anfang</translation>
  </message>
  <message>
   <source>No portrait selected</source>
   <translation>Kein Porträt gewählt</translation>
  </message>
  <message>
   <source>Open &amp;data folder</source>
   <translation>Daten&amp;ordner öffnen</translation>
  </message>
  <message>
   <source>P&amp;ortrait</source>
   <translation>&amp;Porträt</translation>
  </message>
  <message>
   <source>P&amp;ut a person into pictures…</source>
   <translation>Person in Bilder ei&amp;nsetzen …</translation>
  </message>
  <message>
   <source>Paint {name}</source>
   <translation>{name} malen</translation>
  </message>
  <message>
   <source>Pe&amp;rson</source>
   <translation>Pe&amp;rson</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
  <message>
   <source>Previous question</source>
   <translation>Vorige Frage</translation>
  </message>
  <message>
   <source>Previous, next</source>
   <translation>Voriges, nächstes</translation>
  </message>
  <message>
   <source>Rate</source>
   <translation>Bewerten</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Aussortieren</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Show &amp;log</source>
   <translation>&amp;Protokoll anzeigen</translation>
  </message>
  <message>
   <source>Show {name}</source>
   <translation>{name} zeigen</translation>
  </message>
  <message>
   <source>Skip question</source>
   <translation>Frage überspringen</translation>
  </message>
  <message>
   <source>Undo deletion</source>
   <translation>Löschen rückgängig machen</translation>
  </message>
  <message>
   <source>Use settings</source>
   <translation>Einstellungen übernehmen</translation>
  </message>
  <message>
   <source>View large</source>
   <translation>Groß ansehen</translation>
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
   <source>Face with the parts that can come from other people</source>
   <translation>Gesicht mit den Teilen, die von anderen kommen können</translation>
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
  <name>MixSettings</name>
  <message>
   <source>S&amp;teps per attribute</source>
   <translation>&amp;Schritte je Merkmal</translation>
  </message>
  <message>
   <source>See&amp;d</source>
   <translation>See&amp;d</translation>
  </message>
  <message>
   <source>The same seed gives the same preview</source>
   <translation>Derselbe Seed ergibt dieselbe Vorschau</translation>
  </message>
  <message>
   <source>Tuning steps per attribute when the mix is saved as a new person</source>
   <translation>Trainingsschritte je Merkmal, wenn die Mischung als neue Person gespeichert wird</translation>
  </message>
 </context>
 <context>
  <name>Mixer</name>
  <message>
   <source>Consent to portray {} has ended. Ask again, then renew it on the person's page.</source>
   <translation>Die Einwilligung von {} ist abgelaufen. Fragen Sie erneut, und verlängern Sie sie auf der Seite der Person.</translation>
  </message>
  <message>
   <source>No photo of {name} shows the {what}. Add one, or choose someone else.</source>
   <translation>Von {name} gibt es kein Foto, das dies zeigt: {what}. Fügen Sie eines hinzu, oder wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>Nothing is replaced on {} yet.</source>
   <translation>Bei {} ist noch nichts ersetzt.</translation>
  </message>
  <message>
   <source>Tune {} to save this as a new person.</source>
   <translation>Trainieren Sie {}, um das als neue Person zu speichern.</translation>
  </message>
  <message>
   <source>eyes</source>
   <translation>Augen</translation>
  </message>
  <message>
   <source>the base person</source>
   <translation>die Grundperson</translation>
  </message>
  <message>
   <source>uses other models</source>
   <translation>nutzt andere Modelle</translation>
  </message>
  <message>
   <source>{base} with {gifts}</source>
   <translation>{base} mit {gifts}</translation>
  </message>
  <message>
   <source>{base}'s face with {gifts}; {steps} tuning steps per attribute.</source>
   <translation>Gesicht von {base} mit {gifts}; je Merkmal {steps} Trainingsschritte.</translation>
  </message>
  <message>
   <source>{giver} uses different models from {base} ({theirs}, not {ours}). Add {giver} again with {ours}, or choose someone else.</source>
   <translation>{giver} verwendet andere Modelle als {base} ({theirs}, nicht {ours}). Legen Sie {giver} noch einmal mit {ours} an, oder wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>{name} cannot replace {name}'s own {what}. Choose someone else.</source>
   <translation>{name} kann sich nicht selbst ersetzen: {what}. Wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>{} has no photos to preview a mix on. Choose someone with photos.</source>
   <translation>Von {} gibt es keine Fotos, an denen sich eine Mischung zeigen ließe. Wählen Sie jemanden mit Fotos.</translation>
  </message>
  <message>
   <source>{} is not tuned yet. Tune first, then mix.</source>
   <translation>{} ist noch nicht trainiert. Erst trainieren, dann mischen.</translation>
  </message>
  <message>
   <source>{} is not tuned yet. Tune {} first.</source>
   <translation>{} ist noch nicht trainiert. Trainieren Sie {} zuerst.</translation>
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
   <source>A mix needs two people</source>
   <translation>Zum Mischen braucht es zwei</translation>
  </message>
  <message>
   <source>A mix needs two tuned people</source>
   <translation>Es braucht zwei trainierte Personen</translation>
  </message>
  <message>
   <source>Base person</source>
   <translation>Grundperson</translation>
  </message>
  <message>
   <source>Choose another base person</source>
   <translation>Eine andere Grundperson wählen</translation>
  </message>
  <message>
   <source>Choose someone in the library, then give them someone else's eyes, nose or mouth.</source>
   <translation>Wählen Sie jemanden in der Bibliothek, und geben Sie der Person Augen, Nase oder Mund von jemand anderem.</translation>
  </message>
  <message>
   <source>Choose the base person</source>
   <translation>Die Grundperson wählen</translation>
  </message>
  <message>
   <source>Create a person from photos</source>
   <translation>Eine Person aus Fotos anlegen</translation>
  </message>
  <message>
   <source>Create a second person to take eyes, nose or mouth from.</source>
   <translation>Legen Sie eine zweite Person an, von der Augen, Nase oder Mund kommen.</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>No person selected</source>
   <translation>Keine Person gewählt</translation>
  </message>
  <message>
   <source>Only tuned people can be mixed: a base person, and one to take attributes from.</source>
   <translation>Mischen lassen sich nur trainierte Personen: eine Grundperson und eine, von der Merkmale kommen.</translation>
  </message>
  <message>
   <source>Preview the mix in seconds, without tuning</source>
   <translation>Die Mischung in Sekunden ansehen, ohne Training</translation>
  </message>
  <message>
   <source>Reset all attributes</source>
   <translation>Alle Merkmale zurücksetzen</translation>
  </message>
  <message>
   <source>Show this person</source>
   <translation>Diese Person zeigen</translation>
  </message>
  <message>
   <source>Update the preview after every change</source>
   <translation>Die Vorschau nach jeder Änderung erneuern</translation>
  </message>
  <message>
   <source>Use the person selected on the left as the base</source>
   <translation>Die links gewählte Person als Grundperson nehmen</translation>
  </message>
 </context>
 <context>
  <name>MixerPanel</name>
  <message>
   <source>Drawing preview…</source>
   <translation>Vorschau wird erstellt …</translation>
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
   <source>Use {} as the base</source>
   <translation>{} als Grundperson nehmen</translation>
  </message>
  <message>
   <source>already chosen</source>
   <translation>schon ausgewählt</translation>
  </message>
  <message>
   <source>outdated preview</source>
   <translation>veraltete Vorschau</translation>
  </message>
  <message>
   <source>{} instead</source>
   <translation>Stattdessen {}</translation>
  </message>
 </context>
 <context>
  <name>MixerTab</name>
  <message>
   <source>Go from one person to another</source>
   <translation>Von einer Person zur anderen gehen</translation>
  </message>
  <message>
   <source>Parts</source>
   <translation>Teile</translation>
  </message>
  <message>
   <source>Take eyes, nose or mouth from others</source>
   <translation>Augen, Nase oder Mund von anderen nehmen</translation>
  </message>
  <message>
   <source>Whole people</source>
   <translation>Ganze Personen</translation>
  </message>
 </context>
 <context>
  <name>Models</name>
  <message>
   <source>Apache-2.0</source>
   <translation>Apache-2.0</translation>
  </message>
  <message>
   <source>BERT base, uncased: configuration and vocabulary</source>
   <translation>BERT base, uncased: Konfiguration und Wortschatz</translation>
  </message>
  <message>
   <source>CLIP ViT-L/14 (measures CLIP-T and CLIP-I)</source>
   <translation>CLIP ViT-L/14 (misst CLIP-T und CLIP-I)</translation>
  </message>
  <message>
   <source>CreativeML Open RAIL++-M</source>
   <translation>CreativeML Open RAIL++-M</translation>
  </message>
  <message>
   <source>CreativeML Open RAIL-M</source>
   <translation>CreativeML Open RAIL-M</translation>
  </message>
  <message>
   <source>DINO ViT-S/16 (measures DINO)</source>
   <translation>DINO ViT-S/16 (misst DINO)</translation>
  </message>
  <message>
   <source>FLUX.2 [klein] 4B</source>
   <translation>FLUX.2 [klein] 4B</translation>
  </message>
  <message>
   <source>Grounding DINO, Swin-T</source>
   <translation>Grounding DINO, Swin-T</translation>
  </message>
  <message>
   <source>Hyper-SD for SDXL, 8 steps</source>
   <translation>Hyper-SD für SDXL, 8 Schritte</translation>
  </message>
  <message>
   <source>IP-Adapter for faces, with its image encoder (a method to compare with)</source>
   <translation>IP-Adapter für Gesichter, mit seinem Bild-Encoder (eine Vergleichsmethode)</translation>
  </message>
  <message>
   <source>IP-Adapter-FaceID</source>
   <translation>IP-Adapter-FaceID</translation>
  </message>
  <message>
   <source>InsightFace antelopev2, what InstantID reads faces with</source>
   <translation>InsightFace antelopev2, womit InstantID Gesichter liest</translation>
  </message>
  <message>
   <source>InsightFace buffalo_l, what IP-Adapter-FaceID reads faces with</source>
   <translation>InsightFace buffalo_l, womit IP-Adapter-FaceID Gesichter liest</translation>
  </message>
  <message>
   <source>InstantID</source>
   <translation>InstantID</translation>
  </message>
  <message>
   <source>LCM-LoRA for SDXL, 8 steps</source>
   <translation>LCM-LoRA für SDXL, 8 Schritte</translation>
  </message>
  <message>
   <source>MIT</source>
   <translation>MIT</translation>
  </message>
  <message>
   <source>MTCNN face detector</source>
   <translation>MTCNN, Gesichtserkennung</translation>
  </message>
  <message>
   <source>Non-commercial research only</source>
   <translation>Nur nicht kommerzielle Forschung</translation>
  </message>
  <message>
   <source>Personal, non-commercial use (StyleGAN2, FFHQ: CC BY-NC-SA 4.0)</source>
   <translation>Private, nicht kommerzielle Nutzung (StyleGAN2, FFHQ: CC BY-NC-SA 4.0)</translation>
  </message>
  <message>
   <source>PhotoMaker v1</source>
   <translation>PhotoMaker v1</translation>
  </message>
  <message>
   <source>Qwen-Image</source>
   <translation>Qwen-Image</translation>
  </message>
  <message>
   <source>Qwen2.5 0.5B Instruct</source>
   <translation>Qwen2.5 0.5B Instruct</translation>
  </message>
  <message>
   <source>SAM 2.1, Hiera small (outlines of heads, optional)</source>
   <translation>SAM 2.1, Hiera small (Umrisse von Köpfen, optional)</translation>
  </message>
  <message>
   <source>SDXL-Lightning, 4 steps</source>
   <translation>SDXL-Lightning, 4 Schritte</translation>
  </message>
  <message>
   <source>Stable Diffusion 1.5 inpainting</source>
   <translation>Stable Diffusion 1.5 inpainting</translation>
  </message>
  <message>
   <source>Stable Diffusion 1.5 inpainting, configuration and tokenizer only</source>
   <translation>Stable Diffusion 1.5 inpainting, nur Konfiguration und Tokenizer</translation>
  </message>
  <message>
   <source>Stable Diffusion XL 1.0 base</source>
   <translation>Stable Diffusion XL 1.0 base</translation>
  </message>
  <message>
   <source>Stable Diffusion XL 1.0 base, configuration and tokenizers only</source>
   <translation>Stable Diffusion XL 1.0 base, nur Konfiguration und Tokenizer</translation>
  </message>
  <message>
   <source>Stable Diffusion XL 1.0 inpainting 0.1</source>
   <translation>Stable Diffusion XL 1.0 inpainting 0.1</translation>
  </message>
  <message>
   <source>Stable Diffusion XL 1.0 inpainting 0.1, configuration and tokenizers only</source>
   <translation>Stable Diffusion XL 1.0 inpainting 0.1, nur Konfiguration und Tokenizer</translation>
  </message>
  <message>
   <source>Stable Diffusion XL and 1.5 inpainting</source>
   <translation>Stable Diffusion XL und 1.5 inpainting</translation>
  </message>
  <message>
   <source>Stable Diffusion XL for scenes and faces</source>
   <translation>Stable Diffusion XL für Szenen und Gesichter</translation>
  </message>
  <message>
   <source>Starter (comes with the program, runs on any CPU)</source>
   <translation>Startmodelle (im Programm enthalten, laufen auf jeder CPU)</translation>
  </message>
  <message>
   <source>Starter identity model (256 px)</source>
   <translation>Startmodell für Gesichter (256 px)</translation>
  </message>
  <message>
   <source>Starter scenes (face generator, 512 px)</source>
   <translation>Startmodell für Szenen (Gesichtsgenerator, 512 px)</translation>
  </message>
  <message>
   <source>Starter upscaler (2 times)</source>
   <translation>Startmodell zum Vergrößern (2-fach)</translation>
  </message>
  <message>
   <source>Z-Image-Turbo</source>
   <translation>Z-Image-Turbo</translation>
  </message>
 </context>
 <context>
  <name>ModelsPage</name>
  <message>
   <source>A family is a set of models that work together. New people use the active family.</source>
   <translation>Eine Familie besteht aus Modellen, die zusammenarbeiten. Neue Personen nutzen die gewählte Familie.</translation>
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
   <source>Your choice is saved. Download the missing models ({}) to use it.</source>
   <translation>Ihre Wahl ist gespeichert. Laden Sie die fehlenden Modelle ({}) herunter, um sie zu verwenden.</translation>
  </message>
  <message>
   <source>{} is now in use.</source>
   <translation>{} wird jetzt verwendet.</translation>
  </message>
 </context>
 <context>
  <name>MoreMethodsDialog</name>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleichen</translation>
  </message>
  <message>
   <source>Compare more methods on “{}”</source>
   <translation>Weitere Methoden an „{}“ vergleichen</translation>
  </message>
  <message>
   <source>Existing pictures and votes are kept.</source>
   <translation>Vorhandene Bilder und Stimmen bleiben erhalten.</translation>
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
  <name>NewComparisonForm</name>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleichen</translation>
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
   <source>Each method gets three reference photos of a person. Its pictures are measured against photos it has never seen.</source>
   <translation>Jede Methode erhält drei Referenzfotos einer Person. Ihre Bilder werden an Fotos gemessen, die sie nie gesehen hat.</translation>
  </message>
  <message>
   <source>Enter a prompt.</source>
   <translation>Geben Sie einen Prompt ein.</translation>
  </message>
  <message>
   <source>How long each method tunes</source>
   <translation>Wie lange jede Methode trainiert</translation>
  </message>
  <message>
   <source>Methods</source>
   <translation>Methoden</translation>
  </message>
  <message>
   <source>P&amp;rompts, one per line; {subject} becomes woman or man</source>
   <translation>P&amp;rompts, einer je Zeile; aus {subject} wird woman oder man</translation>
  </message>
  <message>
   <source>Pictures each method makes per prompt</source>
   <translation>Bilder, die jede Methode je Prompt erstellt</translation>
  </message>
  <message>
   <source>Pictures per prompt</source>
   <translation>Bilder je Prompt</translation>
  </message>
  <message>
   <source>Prompts and pictures</source>
   <translation>Prompts und Bilder</translation>
  </message>
  <message>
   <source>Prompts, one per line</source>
   <translation>Prompts, einer je Zeile</translation>
  </message>
  <message>
   <source>Queue the comparison; you can stop and resume it</source>
   <translation>Den Vergleich einreihen; er kann angehalten und fortgesetzt werden</translation>
  </message>
  <message>
   <source>Shorten prompt line {line} to {most} characters.</source>
   <translation>Den Prompt in Zeile {line} auf {most} Zeichen kürzen.</translation>
  </message>
  <message>
   <source>The models in use are incomplete; download the rest on the Models page.</source>
   <translation>Die verwendeten Modelle sind unvollständig; laden Sie den Rest auf der Seite „Modelle“ herunter.</translation>
  </message>
  <message>
   <source>The time is known after the first tuning on this computer.</source>
   <translation>Die Dauer ist nach dem ersten Training auf diesem Rechner bekannt.</translation>
  </message>
  <message>
   <source>Tuning</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Tuning alone takes {}.</source>
   <translation>Allein das Training dauert {}.</translation>
  </message>
  <message>
   <source>Which method is most like you?</source>
   <translation>Welche Methode ist Ihnen am ähnlichsten?</translation>
  </message>
  <message>
   <source>{name}, {steps} steps</source>
   <translation>{name}, {steps} Schritte</translation>
  </message>
 </context>
 <context>
  <name>NewPersonForm</name>
  <message>
   <source>&amp;Name</source>
   <translation>&amp;Name</translation>
  </message>
  <message>
   <source>Appearance</source>
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
   <source>Read from the photos after they are checked.</source>
   <translation>Wird nach der Prüfung von den Fotos abgelesen.</translation>
  </message>
  <message>
   <source>The cropped faces, masks and tuned weights stay on this computer, in {folder}. Deleting the person removes them.</source>
   <translation>Die zugeschnittenen Gesichter, Masken und trainierten Gewichte bleiben auf diesem Rechner, in {folder}. Wird die Person gelöscht, werden sie entfernt.</translation>
  </message>
  <message>
   <source>The name shown in the library</source>
   <translation>Der Name in der Bibliothek</translation>
  </message>
  <message>
   <source>Tuning</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>a name</source>
   <translation>ein Name</translation>
  </message>
  <message>
   <source>consent</source>
   <translation>Einwilligung</translation>
  </message>
  <message>
   <source>woman or man</source>
   <translation>Frau oder Mann</translation>
  </message>
 </context>
 <context>
  <name>NewPersonPage</name>
  <message>
   <source>A few photos of one person are enough.</source>
   <translation>Ein paar Fotos einer Person genügen.</translation>
  </message>
  <message>
   <source>Add and tune</source>
   <translation>Anlegen und trainieren</translation>
  </message>
  <message>
   <source>Add the person and start tuning (Ctrl+Enter)</source>
   <translation>Die Person anlegen und das Training starten (Strg+Eingabe)</translation>
  </message>
  <message>
   <source>Add the person now and tune later</source>
   <translation>Die Person jetzt anlegen und später trainieren</translation>
  </message>
  <message>
   <source>Add, tune later</source>
   <translation>Anlegen, später trainieren</translation>
  </message>
  <message>
   <source>Adding …</source>
   <translation>Wird angelegt …</translation>
  </message>
  <message>
   <source>New person</source>
   <translation>Neue Person</translation>
  </message>
  <message>
   <source>Still needed: {things}.</source>
   <translation>Es fehlt noch: {things}.</translation>
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
   <source>No browser was found to open {}. Open it manually.</source>
   <translation>Es wurde kein Browser für {} gefunden. Öffnen Sie die Adresse selbst.</translation>
  </message>
  <message>
   <source>No program was found to open {}. Open it manually.</source>
   <translation>Es wurde kein Programm für {} gefunden. Öffnen Sie es selbst.</translation>
  </message>
  <message>
   <source>{} no longer exists.</source>
   <translation>{} existiert nicht mehr.</translation>
  </message>
 </context>
 <context>
  <name>OwnStyleActions</name>
  <message>
   <source>A LoRA for Stable Diffusion XL (*.safetensors)</source>
   <translation>Ein LoRA für Stable Diffusion XL (*.safetensors)</translation>
  </message>
  <message>
   <source>A style (*.facea-style)</source>
   <translation>Ein Stil (*.facea-style)</translation>
  </message>
  <message>
   <source>Add a LoRA as a style</source>
   <translation>LoRA als Stil hinzufügen</translation>
  </message>
  <message>
   <source>Add a LoRA as a style…</source>
   <translation>LoRA als Stil hinzufügen …</translation>
  </message>
  <message>
   <source>Check that the licence of the LoRA allows passing it on</source>
   <translation>Prüfen Sie, ob die Lizenz des LoRA die Weitergabe erlaubt</translation>
  </message>
  <message>
   <source>Delete the style {style}?</source>
   <translation>Den Stil {style} löschen?</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>Löschen …</translation>
  </message>
  <message>
   <source>Export with its LoRA…</source>
   <translation>Mit dem LoRA exportieren …</translation>
  </message>
  <message>
   <source>Export {style} with its picture</source>
   <translation>{style} mit Bild exportieren</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren …</translation>
  </message>
  <message>
   <source>Import styles</source>
   <translation>Stile importieren</translation>
  </message>
  <message>
   <source>Import style…</source>
   <translation>Stil importieren …</translation>
  </message>
  <message>
   <source>Keep the style words of this prompt under a name</source>
   <translation>Die Stilworte dieses Prompts unter einem Namen behalten</translation>
  </message>
  <message>
   <source>More about styles</source>
   <translation>Mehr zu Stilen</translation>
  </message>
  <message>
   <source>Only the part of the LoRA that is for the picture itself is used.</source>
   <translation>Nur der Teil des LoRA, der das Bild selbst betrifft, wird verwendet.</translation>
  </message>
  <message>
   <source>Portraits made with it stay as they are.</source>
   <translation>Porträts in diesem Stil bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Rename {style}</source>
   <translation>{style} umbenennen</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>Umbenennen …</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save as a style…</source>
   <translation>Als Stil speichern …</translation>
  </message>
  <message>
   <source>Save this style</source>
   <translation>Diesen Stil speichern</translation>
  </message>
  <message>
   <source>Styles (*.facea-style)</source>
   <translation>Stile (*.facea-style)</translation>
  </message>
 </context>
 <context>
  <name>PartChip</name>
  <message>
   <source>Select; Shift adds, Alt or the right button subtracts</source>
   <translation>Auswählen; Umschalt fügt hinzu, Alt oder die rechte Taste zieht ab</translation>
  </message>
 </context>
 <context>
  <name>PartField</name>
  <message>
   <source>Follow the prompt again</source>
   <translation>Wieder dem Prompt folgen</translation>
  </message>
  <message>
   <source>edited</source>
   <translation>geändert</translation>
  </message>
  <message>
   <source>from the prompt</source>
   <translation>aus dem Prompt</translation>
  </message>
 </context>
 <context>
  <name>PartPicker</name>
  <message>
   <source>Detecting the parts of the face…</source>
   <translation>Die Teile des Gesichts werden gesucht …</translation>
  </message>
 </context>
 <context>
  <name>PeopleActions</name>
  <message>
   <source>&amp;Delete</source>
   <translation>&amp;Löschen</translation>
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
   <source>Delete &amp;permanently…</source>
   <translation>&amp;Endgültig löschen…</translation>
  </message>
  <message>
   <source>Delete {who} while jobs use them?</source>
   <translation>{who} löschen, obwohl Aufträge laufen oder warten?</translation>
  </message>
  <message>
   <source>Export {count} people to a folder</source>
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
   <source>The jobs stop, and do not come back with Undo.</source>
   <translation>Die Aufträge enden und kommen mit „Rückgängig“ nicht zurück.</translation>
  </message>
  <message>
   <source>{count} people</source>
   <translation>{count} Personen</translation>
  </message>
 </context>
 <context>
  <name>PeopleList</name>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
 </context>
 <context>
  <name>PeopleModel</name>
  <message>
   <source>Added {day}</source>
   <translation>Angelegt {day}</translation>
  </message>
  <message>
   <source>Consent until {day}</source>
   <translation>Einwilligung bis {day}</translation>
  </message>
 </context>
 <context>
  <name>PersonBox</name>
  <message>
   <source>Choose a person on the left first.</source>
   <translation>Wählen Sie zuerst links eine Person.</translation>
  </message>
  <message>
   <source>Choose a person on the left.</source>
   <translation>Wählen Sie links eine Person.</translation>
  </message>
  <message>
   <source>Consent to portray {0} has ended.</source>
   <translation>Die Einwilligung von {0} ist abgelaufen.</translation>
  </message>
  <message>
   <source>Continue where tuning stopped</source>
   <translation>Dort fortsetzen, wo das Training anhielt</translation>
  </message>
  <message>
   <source>Create a person from photos</source>
   <translation>Eine Person aus Fotos anlegen</translation>
  </message>
  <message>
   <source>New person</source>
   <translation>Neue Person</translation>
  </message>
  <message>
   <source>No person selected</source>
   <translation>Keine Person gewählt</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Resume tuning</source>
   <translation>Training fortsetzen</translation>
  </message>
  <message>
   <source>Tune</source>
   <translation>Trainieren</translation>
  </message>
  <message>
   <source>Tune the model on this face</source>
   <translation>Das Modell auf dieses Gesicht trainieren</translation>
  </message>
  <message>
   <source>Tune {0} first.</source>
   <translation>Trainieren Sie {0} zuerst.</translation>
  </message>
  <message>
   <source>Wait until {0} is tuned.</source>
   <translation>Warten Sie, bis {0} trainiert ist.</translation>
  </message>
  <message>
   <source>{0}'s tuning is unfinished. Resume it to make portraits.</source>
   <translation>Das Training von {0} ist nicht abgeschlossen. Setzen Sie es fort, um Porträts zu erstellen.</translation>
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
   <source>Type part of the name; choose with arrow keys and Enter</source>
   <translation>Einen Teil des Namens eingeben; mit Pfeiltasten und Eingabe wählen</translation>
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
   <source>Appearance</source>
   <translation>Aussehen</translation>
  </message>
  <message>
   <source>Attributes from others</source>
   <translation>Von anderen übernommen</translation>
  </message>
  <message>
   <source>Best: {figures}</source>
   <translation>Bester: {figures}</translation>
  </message>
  <message>
   <source>Better</source>
   <translation>Besser</translation>
  </message>
  <message>
   <source>Better than before? The earlier tuning ({figures}) is kept until you decide.</source>
   <translation>Besser als vorher? Das frühere Training ({figures}) bleibt erhalten, bis Sie sich entscheiden.</translation>
  </message>
  <message>
   <source>Between</source>
   <translation>Zwischen</translation>
  </message>
  <message>
   <source>Completed</source>
   <translation>Abgeschlossen</translation>
  </message>
  <message>
   <source>Feature learning rate</source>
   <translation>Lernrate der Merkmale</translation>
  </message>
  <message>
   <source>Feature vectors</source>
   <translation>Merkmalsvektoren</translation>
  </message>
  <message>
   <source>Go back to the one before</source>
   <translation>Zurück zum früheren</translation>
  </message>
  <message>
   <source>Highest likeness during tuning</source>
   <translation>Höchste Ähnlichkeit während des Trainings</translation>
  </message>
  <message>
   <source>Imported as a LoRA; its training settings are unknown.</source>
   <translation>Als LoRA importiert; die Trainingseinstellungen sind unbekannt.</translation>
  </message>
  <message>
   <source>Keep the new tuning and delete the earlier one</source>
   <translation>Das neue Training behalten und das frühere löschen</translation>
  </message>
  <message>
   <source>Last: {figures}</source>
   <translation>Letzter: {figures}</translation>
  </message>
  <message>
   <source>LoRA learning rate</source>
   <translation>Lernrate der LoRA</translation>
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
   <source>None yet</source>
   <translation>Noch keine</translation>
  </message>
  <message>
   <source>Not known yet.</source>
   <translation>Noch nicht bekannt.</translation>
  </message>
  <message>
   <source>Not stated yet.</source>
   <translation>Noch keine Angabe.</translation>
  </message>
  <message>
   <source>Not tuned yet. Portraits are made after the photos alone; tuning makes them more alike.</source>
   <translation>Noch nicht trainiert. Porträts entstehen nach den Fotos allein; Training macht sie ähnlicher.</translation>
  </message>
  <message>
   <source>Not tuned yet. Portraits can be made after tuning.</source>
   <translation>Noch nicht trainiert. Porträts sind nach dem Training möglich.</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Hinweise</translation>
  </message>
  <message>
   <source>Pictures per step</source>
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
   <source>Show this person's portraits in the gallery</source>
   <translation>Die Porträts dieser Person in der Galerie zeigen</translation>
  </message>
  <message>
   <source>Step in use</source>
   <translation>Verwendeter Schritt</translation>
  </message>
  <message>
   <source>The earlier tuning is in use again.</source>
   <translation>Das frühere Training wird wieder verwendet.</translation>
  </message>
  <message>
   <source>The last step is the best: {figures}.</source>
   <translation>Der letzte Schritt ist der beste: {figures}.</translation>
  </message>
  <message>
   <source>The new tuning is kept.</source>
   <translation>Das neue Training wird behalten.</translation>
  </message>
  <message>
   <source>Trains</source>
   <translation>Trainiert</translation>
  </message>
  <message>
   <source>Tuned for earlier models, to which the tuning does not fit any more. Tune again.</source>
   <translation>Für frühere Modelle trainiert; zu den heutigen passt das Training nicht mehr. Trainieren Sie erneut.</translation>
  </message>
  <message>
   <source>Tuning</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Use the earlier tuning again and give up the new one</source>
   <translation>Das frühere Training wieder verwenden und das neue aufgeben</translation>
  </message>
  <message>
   <source>Use the weights of this step; you can switch back</source>
   <translation>Die Gewichte dieses Schritts verwenden; Sie können zurückwechseln</translation>
  </message>
  <message>
   <source>a deleted person</source>
   <translation>einer gelöschten Person</translation>
  </message>
  <message>
   <source>face and parts</source>
   <translation>Gesicht und Teile</translation>
  </message>
  <message>
   <source>face only</source>
   <translation>nur das Gesicht</translation>
  </message>
  <message>
   <source>step {step}</source>
   <translation>Schritt {step}</translation>
  </message>
  <message>
   <source>step {step}, {likeness}</source>
   <translation>Schritt {step}, {likeness}</translation>
  </message>
  <message>
   <source>{part} from {name} ({percent} %), {steps} steps</source>
   <translation>{part} von {name} ({percent} %), {steps} Schritte</translation>
  </message>
  <message>
   <source>{part} from {name}, {steps} steps</source>
   <translation>{part} von {name}, {steps} Schritte</translation>
  </message>
  <message>
   <source>{percent} % {name}</source>
   <translation>{percent} % {name}</translation>
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
  <message>
   <source>{text}, after {steps} steps before that</source>
   <translation>{text}, nach {steps} Schritten davor</translation>
  </message>
  <message>
   <source>{} portraits</source>
   <translation>{} Porträts</translation>
  </message>
 </context>
 <context>
  <name>PersonHeader</name>
  <message>
   <source>Make portraits</source>
   <translation>Porträts erstellen</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Needs a tuned person and valid consent</source>
   <translation>Braucht eine trainierte Person und eine gültige Einwilligung</translation>
  </message>
  <message>
   <source>Select this person and go to the canvas</source>
   <translation>Diese Person wählen und zur Leinwand gehen</translation>
  </message>
  <message>
   <source>There are no photos to tune on</source>
   <translation>Es gibt keine Fotos zum Trainieren</translation>
  </message>
  <message>
   <source>Tune again…</source>
   <translation>Erneut trainieren …</translation>
  </message>
  <message>
   <source>Tune this person again</source>
   <translation>Diese Person neu trainieren</translation>
  </message>
  <message>
   <source>Tune…</source>
   <translation>Trainieren …</translation>
  </message>
 </context>
 <context>
  <name>PersonPage</name>
  <message>
   <source>1 photo was added after the tuning. Tune again to learn from it.</source>
   <translation>1 Foto kam nach dem Training hinzu. Trainieren Sie erneut, um daraus zu lernen.</translation>
  </message>
  <message>
   <source>Back to the canvas</source>
   <translation>Zurück zur Leinwand</translation>
  </message>
  <message>
   <source>Choose someone on the left.</source>
   <translation>Wählen Sie links jemanden.</translation>
  </message>
  <message>
   <source>The masks have changed. Tune again to use them in portraits.</source>
   <translation>Die Masken wurden geändert. Trainieren Sie erneut, damit sie in Porträts wirken.</translation>
  </message>
  <message>
   <source>The photos do not show it clearly. Set it under Correct.</source>
   <translation>Die Fotos zeigen es nicht deutlich. Unter „Korrigieren“ auswählen.</translation>
  </message>
  <message>
   <source>This person is no longer in the library</source>
   <translation>Diese Person ist nicht mehr in der Bibliothek</translation>
  </message>
  <message>
   <source>{} photos were added after the tuning. Tune again to learn from them.</source>
   <translation>{} Fotos kamen nach dem Training hinzu. Trainieren Sie erneut, um daraus zu lernen.</translation>
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
   <source>Outline the face and its four parts in each photo</source>
   <translation>In jedem Foto das Gesicht und seine vier Teile umranden</translation>
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
   <source>Three or more photos of one person, from the front and slightly from the side, in good light.</source>
   <translation>Mindestens drei Fotos einer Person, von vorn und leicht von der Seite, in gutem Licht.</translation>
  </message>
 </context>
 <context>
  <name>PhotoCard</name>
  <message>
   <source>Adjust the crop of {photo}</source>
   <translation>Ausschnitt aus {photo} anpassen</translation>
  </message>
  <message>
   <source>Adjust the crop…</source>
   <translation>Ausschnitt anpassen …</translation>
  </message>
  <message>
   <source>Correct masks…</source>
   <translation>Masken ändern …</translation>
  </message>
  <message>
   <source>Correct the masks of {photo}</source>
   <translation>Masken von {photo} berichtigen</translation>
  </message>
  <message>
   <source>Drag to reorder, or press Alt and an arrow key. Delete removes it.</source>
   <translation>Zum Umordnen ziehen, oder Alt und eine Pfeiltaste drücken. Entf entfernt es.</translation>
  </message>
  <message>
   <source>Mark where the face, eyes, nose and mouth are</source>
   <translation>Markieren, wo Gesicht, Augen, Nase und Mund sind</translation>
  </message>
  <message>
   <source>Move left</source>
   <translation>Nach links</translation>
  </message>
  <message>
   <source>Move right</source>
   <translation>Nach rechts</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove {photo}</source>
   <translation>{photo} entfernen</translation>
  </message>
 </context>
 <context>
  <name>PhotoDrop</name>
  <message>
   <source>3 reference photos, {} held out for measuring.</source>
   <translation>3 Referenzfotos, {} zum Messen zurückgehalten.</translation>
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
   <source>Four or more of one person: three reference photos, the others held out for measuring.</source>
   <translation>Mindestens vier einer Person: drei Referenzfotos, die anderen zum Messen.</translation>
  </message>
  <message>
   <source>Not a photo, or already added. Drop JPEG, PNG, WebP, TIFF or HEIC files.</source>
   <translation>Kein Foto, oder schon hinzugefügt. Ziehen Sie JPEG, PNG, WebP, TIFF oder HEIC hierher.</translation>
  </message>
  <message>
   <source>Photos ({endings})</source>
   <translation>Fotos ({endings})</translation>
  </message>
  <message>
   <source>Remove all photos</source>
   <translation>Alle Fotos entfernen</translation>
  </message>
  <message>
   <source>{} more needed: three reference photos, at least one held out.</source>
   <translation>{} weitere nötig: drei Referenzfotos, mindestens eines zum Messen.</translation>
  </message>
 </context>
 <context>
  <name>PhotoIntake</name>
  <message>
   <source>Check again</source>
   <translation>Erneut prüfen</translation>
  </message>
  <message>
   <source>Fix the photo problems above.</source>
   <translation>Beheben Sie die oben genannten Probleme mit den Fotos.</translation>
  </message>
  <message>
   <source>In each photo of several people, click the one who is meant.</source>
   <translation>Klicken Sie in jedem Foto mit mehreren Personen auf die, die gemeint ist.</translation>
  </message>
  <message>
   <source>Remove 1 unusable photo</source>
   <translation>1 unbrauchbares Foto entfernen</translation>
  </message>
  <message>
   <source>Remove or replace the unusable photos.</source>
   <translation>Entfernen oder ersetzen Sie die unbrauchbaren Fotos.</translation>
  </message>
  <message>
   <source>Remove {} unusable photos</source>
   <translation>{} unbrauchbare Fotos entfernen</translation>
  </message>
  <message>
   <source>Several people: click the one who is meant.</source>
   <translation>Mehrere Personen: Klicken Sie auf die, die gemeint ist.</translation>
  </message>
  <message>
   <source>The photos are being checked.</source>
   <translation>Die Fotos werden geprüft.</translation>
  </message>
  <message>
   <source>checking …</source>
   <translation>wird geprüft …</translation>
  </message>
  <message>
   <source>good</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>masks corrected</source>
   <translation>Masken berichtigt</translation>
  </message>
  <message>
   <source>not checked yet</source>
   <translation>noch nicht geprüft</translation>
  </message>
 </context>
 <context>
  <name>PhotoTile</name>
  <message>
   <source>Remove {}</source>
   <translation>{} entfernen</translation>
  </message>
  <message>
   <source>held out</source>
   <translation>zurückgehalten</translation>
  </message>
  <message>
   <source>reference</source>
   <translation>Referenz</translation>
  </message>
  <message>
   <source>{}: click to use as reference; Delete removes it</source>
   <translation>{}: Klick macht es zur Referenz; Entf entfernt es</translation>
  </message>
 </context>
 <context>
  <name>PickGroups</name>
  <message>
   <source>Adds “{0}” to the prompt, or removes it</source>
   <translation>Fügt „{0}“ in den Prompt ein oder entfernt es</translation>
  </message>
  <message>
   <source>Show words for {0}</source>
   <translation>Wörter für {0} zeigen</translation>
  </message>
 </context>
 <context>
  <name>PictureChoice</name>
  <message>
   <source>Best likeness first</source>
   <translation>Ähnlichste zuerst</translation>
  </message>
  <message>
   <source>Choose one: keys 1 to {0}</source>
   <translation>Eins wählen: Tasten 1 bis {0}</translation>
  </message>
  <message>
   <source>Keep all</source>
   <translation>Alle behalten</translation>
  </message>
  <message>
   <source>Keep every picture (Esc)</source>
   <translation>Alle Bilder behalten (Esc)</translation>
  </message>
  <message>
   <source>Making {0} of {1}</source>
   <translation>Malt {0} von {1}</translation>
  </message>
  <message>
   <source>Sort by how much the face looks like the person</source>
   <translation>Danach sortieren, wie ähnlich das Gesicht der Person ist</translation>
  </message>
 </context>
 <context>
  <name>PictureSheet</name>
  <message>
   <source>Best and worst</source>
   <translation>Die besten und die schlechtesten</translation>
  </message>
  <message>
   <source>Held out</source>
   <translation>Zurückgehalten</translation>
  </message>
  <message>
   <source>Person to show</source>
   <translation>Gezeigte Person</translation>
  </message>
  <message>
   <source>Reference photos</source>
   <translation>Referenzfotos</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Zeigen</translation>
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
  <name>PortraitActions</name>
  <message>
   <source>&amp;Copy the prompt</source>
   <translation>Prompt &amp;kopieren</translation>
  </message>
  <message>
   <source>&amp;Delete	Del</source>
   <translation>&amp;Löschen	Entf</translation>
  </message>
  <message>
   <source>&amp;Keywords and albums…	K</source>
   <translation>&amp;Stichwörter und Alben…	K</translation>
  </message>
  <message>
   <source>&amp;Rate</source>
   <translation>&amp;Bewerten</translation>
  </message>
  <message>
   <source>&amp;Reject	X</source>
   <translation>&amp;Aussortieren	X</translation>
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
   <source>&amp;View large	Space</source>
   <translation>&amp;Groß ansehen	Space</translation>
  </message>
  <message>
   <source>Com&amp;pare	C</source>
   <translation>&amp;Vergleichen	C</translation>
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
   <source>En&amp;large</source>
   <translation>Vergröße&amp;rn</translation>
  </message>
  <message>
   <source>No stars</source>
   <translation>Keine Sterne</translation>
  </message>
  <message>
   <source>Permanently delete this portrait?</source>
   <translation>Dieses Porträt endgültig löschen?</translation>
  </message>
  <message>
   <source>Permanently delete {} portraits?</source>
   <translation>{} Porträts endgültig löschen?</translation>
  </message>
  <message>
   <source>Portrait deleted.</source>
   <translation>Porträt gelöscht.</translation>
  </message>
  <message>
   <source>Prompt copied.</source>
   <translation>Prompt kopiert.</translation>
  </message>
  <message>
   <source>The files, with their scenes and masks, are overwritten. This cannot be undone.</source>
   <translation>Die Dateien werden mit ihren Szenen und Masken überschrieben. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>{} contains no settings. Portraits made here do, unless exported without the prompt.</source>
   <translation>{} enthält keine Einstellungen. Hier erstellte Porträts enthalten welche, außer sie wurden ohne Prompt exportiert.</translation>
  </message>
  <message>
   <source>{} portraits deleted.</source>
   <translation>{} Porträts gelöscht.</translation>
  </message>
 </context>
 <context>
  <name>PortraitDetails</name>
  <message>
   <source>&amp;Compare</source>
   <translation>&amp;Vergleichen</translation>
  </message>
  <message>
   <source>&amp;Delete</source>
   <translation>&amp;Löschen</translation>
  </message>
  <message>
   <source>&amp;Keywords and albums…</source>
   <translation>&amp;Stichwörter und Alben …</translation>
  </message>
  <message>
   <source>&amp;Show in folder</source>
   <translation>Im &amp;Ordner</translation>
  </message>
  <message>
   <source>&amp;Use settings</source>
   <translation>Einstellungen &amp;übernehmen</translation>
  </message>
  <message>
   <source>Albums: {}</source>
   <translation>Alben: {}</translation>
  </message>
  <message>
   <source>Deleted person</source>
   <translation>Gelöschte Person</translation>
  </message>
  <message>
   <source>E&amp;xport…</source>
   <translation>E&amp;xport …</translation>
  </message>
  <message>
   <source>It contains no prompt.</source>
   <translation>Es enthält keinen Prompt.</translation>
  </message>
  <message>
   <source>Keywords: {}</source>
   <translation>Stichwörter: {}</translation>
  </message>
  <message>
   <source>Move to the bin, with scene and mask (Del); Shift+Del deletes permanently</source>
   <translation>Mit Szene und Maske in den Papierkorb verschieben (Entf); Umschalt+Entf löscht endgültig</translation>
  </message>
  <message>
   <source>Nothing selected</source>
   <translation>Nichts gewählt</translation>
  </message>
  <message>
   <source>Open the folder of this file</source>
   <translation>Den Ordner dieser Datei öffnen</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Rate, label, compare, export or delete them together.</source>
   <translation>Zusammen bewerten, verschlagworten, vergleichen, exportieren oder löschen.</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Aussortiert</translation>
  </message>
  <message>
   <source>Restore the prompt, seed and all other settings in the portrait panel (Enter)</source>
   <translation>Prompt, Seed und alle anderen Einstellungen im Porträtfeld wiederherstellen (Eingabe)</translation>
  </message>
  <message>
   <source>Save as PNG, JPEG, WebP or TIFF (Ctrl+E)</source>
   <translation>Als PNG, JPEG, WebP oder TIFF speichern (Strg+E)</translation>
  </message>
  <message>
   <source>Seed {}</source>
   <translation>Seed {}</translation>
  </message>
  <message>
   <source>Select a portrait to see its settings. Space shows it large.</source>
   <translation>Wählen Sie ein Porträt, um seine Einstellungen zu sehen. Die Leertaste zeigt es groß.</translation>
  </message>
  <message>
   <source>Show them side by side, zoomed and moved as one (C)</source>
   <translation>Nebeneinander zeigen, gemeinsam vergrößert und verschoben (C)</translation>
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
   <source>Words to find it by, and collections that it belongs to (K)</source>
   <translation>Wörter, unter denen es zu finden ist, und Sammlungen, zu denen es gehört (K)</translation>
  </message>
  <message>
   <source>{0} by {1} pixels</source>
   <translation>{0} mal {1} Pixel</translation>
  </message>
  <message>
   <source>{} portraits selected</source>
   <translation>{} Porträts gewählt</translation>
  </message>
 </context>
 <context>
  <name>PortraitForm</name>
  <message>
   <source>Describe the picture first.</source>
   <translation>Beschreiben Sie zuerst das Bild.</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Portraits start as soon as {0} is tuned.</source>
   <translation>Die Porträts beginnen, sobald {0} trainiert ist.</translation>
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
   <source>The models in use cannot make {0} pictures. Choose another shape under More.</source>
   <translation>Die verwendeten Modelle können keine Bilder im Format {0} erzeugen. Wählen Sie unter „Mehr“ ein anderes Format.</translation>
  </message>
  <message>
   <source>The picture keeps the shape of its scene; the shape under More is for new scenes.</source>
   <translation>Das Bild behält das Format seiner Szene; das Format unter „Mehr“ gilt für neue Szenen.</translation>
  </message>
  <message>
   <source>The scene's seed is fixed (under More): every picture gets the same scene.</source>
   <translation>Der Seed der Szene ist fest (unter Mehr): Alle Bilder bekommen dieselbe Szene.</translation>
  </message>
  <message>
   <source>The seed is fixed (under More): the same settings give the same picture.</source>
   <translation>Der Seed ist fest (unter „Mehr“): Gleiche Einstellungen ergeben dasselbe Bild.</translation>
  </message>
  <message>
   <source>The style {0} needs scenes by Stable Diffusion XL; choose another style or scene model.</source>
   <translation>Der Stil {0} braucht Szenen von Stable Diffusion XL; wählen Sie einen anderen Stil oder ein anderes Modell für Szenen.</translation>
  </message>
  <message>
   <source>Untuned, for comparison: made without {0}'s tuning.</source>
   <translation>Untrainiert, zum Vergleich: ohne das Training von {0}.</translation>
  </message>
 </context>
 <context>
  <name>PortraitPanel</name>
  <message>
   <source>The LoRA {0} of this picture's style is not here; add its file as a style.</source>
   <translation>Das LoRA {0} vom Stil dieses Bildes fehlt; fügen Sie seine Datei als Stil hinzu.</translation>
  </message>
  <message>
   <source>The person in this picture is no longer in the library; choose someone else.</source>
   <translation>Die Person dieses Bildes ist nicht mehr in der Bibliothek; wählen Sie jemand anderen.</translation>
  </message>
  <message>
   <source>The scene of this picture was not saved; make the picture again to save it.</source>
   <translation>Die Szene dieses Bildes wurde nicht gespeichert; erstellen Sie das Bild noch einmal, um sie zu speichern.</translation>
  </message>
  <message>
   <source>The scene picture {0} is missing; choose another picture or a new scene.</source>
   <translation>Das Szenenbild {0} fehlt; wählen Sie ein anderes Bild oder eine neue Szene.</translation>
  </message>
  <message>
   <source>The scene was deleted with its portrait; a new one will be made.</source>
   <translation>Die Szene wurde mit ihrem Porträt gelöscht; es wird eine neue erstellt.</translation>
  </message>
  <message>
   <source>There is no picture on the clipboard.</source>
   <translation>In der Zwischenablage ist kein Bild.</translation>
  </message>
  <message>
   <source>This picture was made with other weights of the person than those in use now.</source>
   <translation>Dieses Bild entstand mit anderen Gewichten der Person als denen, die jetzt verwendet werden.</translation>
  </message>
  <message>
   <source>Without tuning, one scene gives one picture: each gets a scene of its own.</source>
   <translation>Ohne Training ergibt eine Szene immer dasselbe Bild: Jedes bekommt eine eigene Szene.</translation>
  </message>
 </context>
 <context>
  <name>PortraitView</name>
  <message>
   <source>The picture cannot be read.</source>
   <translation>Das Bild kann nicht gelesen werden.</translation>
  </message>
 </context>
 <context>
  <name>PresetPicker</name>
  <message>
   <source>Takes {time}.</source>
   <translation>Dauert {time}.</translation>
  </message>
  <message>
   <source>The time is known after the first tuning on this computer.</source>
   <translation>Die Dauer ist nach dem ersten Training auf diesem Rechner bekannt.</translation>
  </message>
 </context>
 <context>
  <name>PrivacyPage</name>
  <message>
   <source>&amp;Choose…</source>
   <translation>&amp;Wählen …</translation>
  </message>
  <message>
   <source>After 30 days</source>
   <translation>Nach 30 Tagen</translation>
  </message>
  <message>
   <source>After 7 days</source>
   <translation>Nach 7 Tagen</translation>
  </message>
  <message>
   <source>After 90 days</source>
   <translation>Nach 90 Tagen</translation>
  </message>
  <message>
   <source>Anyone with such a picture can read how it was made, including names</source>
   <translation>Wer ein solches Bild hat, kann lesen, wie es erstellt wurde, auch Namen</translation>
  </message>
  <message>
   <source>Ask &amp;each time</source>
   <translation>&amp;Jedes Mal fragen</translation>
  </message>
  <message>
   <source>Bin</source>
   <translation>Papierkorb</translation>
  </message>
  <message>
   <source>Choose another folder</source>
   <translation>Einen anderen Ordner wählen</translation>
  </message>
  <message>
   <source>Comparisons keep their own copies of photos. Deleting a comparison removes them in the same way.</source>
   <translation>Vergleiche haben eigene Kopien von Fotos. Beim Löschen eines Vergleichs werden sie ebenso entfernt.</translation>
  </message>
  <message>
   <source>Comparisons, with photos</source>
   <translation>Vergleiche mit Fotos</translation>
  </message>
  <message>
   <source>Data folder</source>
   <translation>Datenordner</translation>
  </message>
  <message>
   <source>Deleted people and portraits first go to the bin. Until it is emptied they are still on this disk, faces included. Shift+Del skips the bin.</source>
   <translation>Gelöschte Personen und Porträts kommen zuerst in den Papierkorb. Bis er geleert wird, sind sie samt Gesichtern noch auf diesem Datenträger. Umschalt+Entf löscht ohne Papierkorb.</translation>
  </message>
  <message>
   <source>Do not use a fixed folder for exports</source>
   <translation>Keinen festen Ordner für Exporte verwenden</translation>
  </message>
  <message>
   <source>Downloaded models</source>
   <translation>Heruntergeladene Modelle</translation>
  </message>
  <message>
   <source>Each export asks for a folder.</source>
   <translation>Jeder Export fragt nach einem Ordner.</translation>
  </message>
  <message>
   <source>Empty the bin by itself</source>
   <translation>Papierkorb von selbst leeren</translation>
  </message>
  <message>
   <source>Emptying the bin removes a person's photos, masks, tuned weights and all checkpoints. Files are overwritten with zeros before they are removed. On a disk that writes in place, they cannot be recovered.</source>
   <translation>Beim Leeren verschwinden Fotos, Masken, trainierte Gewichte und alle Zwischenstände einer Person. Die Dateien werden vor dem Entfernen mit Nullen überschrieben. Auf Datenträgern, die an Ort und Stelle schreiben, lassen sie sich nicht wiederherstellen.</translation>
  </message>
  <message>
   <source>Exports</source>
   <translation>Exporte</translation>
  </message>
  <message>
   <source>Folder for exports</source>
   <translation>Ordner für Exporte</translation>
  </message>
  <message>
   <source>Folders and privacy</source>
   <translation>Ordner und Datenschutz</translation>
  </message>
  <message>
   <source>Free on the disk</source>
   <translation>Auf der Festplatte frei</translation>
  </message>
  <message>
   <source>Include prompt and settings in exported pictures</source>
   <translation>Prompt und Einstellungen in exportierte Bilder schreiben</translation>
  </message>
  <message>
   <source>Jobs, log and index</source>
   <translation>Aufträge, Protokoll und Verzeichnis</translation>
  </message>
  <message>
   <source>Mark exported pictures as made with AI</source>
   <translation>Exportierte Bilder als mit KI erstellt kennzeichnen</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>Nie</translation>
  </message>
  <message>
   <source>Nothing leaves this computer: photos, people, prompts and portraits stay in the data folder. The network is used only to download models or PyTorch and to check for updates, each only when you ask for it.</source>
   <translation>Nichts verlässt diesen Computer: Fotos, Personen, Prompts und Porträts bleiben im Datenordner. Das Netz wird nur genutzt, um Modelle oder PyTorch herunterzuladen und nach Aktualisierungen zu suchen, jeweils nur, wenn Sie es verlangen.</translation>
  </message>
  <message>
   <source>Open the &amp;bin</source>
   <translation>&amp;Papierkorb öffnen</translation>
  </message>
  <message>
   <source>Open the &amp;folder</source>
   <translation>&amp;Ordner öffnen</translation>
  </message>
  <message>
   <source>People, with photos</source>
   <translation>Personen mit Fotos</translation>
  </message>
  <message>
   <source>Portraits</source>
   <translation>Porträts</translation>
  </message>
  <message>
   <source>SSDs, copy-on-write file systems (Btrfs, APFS, ZFS), snapshots and backups may keep old copies that no program can erase. Only disk encryption protects these.</source>
   <translation>SSDs, Copy-on-Write-Dateisysteme (Btrfs, APFS, ZFS), Schnappschüsse und Sicherungen können alte Kopien behalten, die kein Programm löschen kann. Diese schützt nur ein verschlüsselter Datenträger.</translation>
  </message>
  <message>
   <source>Show in the file manager</source>
   <translation>Im Dateimanager zeigen</translation>
  </message>
  <message>
   <source>The standard label (IPTC digital source type) that websites and programs read</source>
   <translation>Die übliche Kennzeichnung (IPTC-Quelltyp), die Websites und Programme lesen</translation>
  </message>
  <message>
   <source>To move it, close the program, move the folder, and start with --data-dir or FACEA_DATA_DIR set to the new location.</source>
   <translation>Um ihn zu verlegen, schließen Sie das Programm, verschieben Sie den Ordner, und starten Sie mit --data-dir oder FACEA_DATA_DIR und dem neuen Ort.</translation>
  </message>
  <message>
   <source>What deleting means</source>
   <translation>Was Löschen bedeutet</translation>
  </message>
  <message>
   <source>When the program starts, it erases what has been in the bin for longer.</source>
   <translation>Beim Start löscht das Programm, was länger im Papierkorb liegt.</translation>
  </message>
  <message>
   <source>You can change both for each export. Portraits in the data folder always keep their settings.</source>
   <translation>Beides lässt sich bei jedem Export ändern. Porträts im Datenordner behalten ihre Einstellungen immer.</translation>
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
   <source>Describe the picture. Press Ctrl+Enter to make it.
{red|blue} draws one of these for each picture, __hair__ a line of hair.txt in the folder “wildcards” of the data folder.</source>
   <translation>Beschreiben Sie das Bild. Strg+Eingabe malt es.
{red|blue} zieht für jedes Bild eines davon, __haar__ eine Zeile aus haar.txt im Ordner „wildcards“ des Datenordners.</translation>
  </message>
  <message>
   <source>Drawn from: {0}</source>
   <translation>Gezogen aus: {0}</translation>
  </message>
  <message>
   <source>Earlier prompts (Up in the empty field)</source>
   <translation>Frühere Prompts (Pfeil nach oben im leeren Feld)</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>No prompts yet</source>
   <translation>Noch keine Prompts</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
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
   <source>The person's appearance, where the prompt does not mention it. Correct it on the person's page.</source>
   <translation>Das Aussehen der Person, soweit der Prompt nichts dazu sagt. Korrigieren kann man es auf der Seite der Person.</translation>
  </message>
  <message>
   <source>The prompt for the face. Edit it to override the split.</source>
   <translation>Der Prompt für das Gesicht. Ändern Sie ihn, um die Aufteilung zu überschreiben.</translation>
  </message>
  <message>
   <source>The prompt for the scene. Edit it to override the split.</source>
   <translation>Der Prompt für die Szene. Ändern Sie ihn, um die Aufteilung zu überschreiben.</translation>
  </message>
  <message>
   <source>The style of the picture; it applies to the scene and the face.</source>
   <translation>Der Stil des Bildes; er gilt für die Szene und das Gesicht.</translation>
  </message>
  <message>
   <source>The words are picked anew for each picture, such as: {0}</source>
   <translation>Die Wörter werden für jedes Bild neu gewählt, etwa: {0}</translation>
  </message>
  <message>
   <source>Undo the last change that a click made to the prompt</source>
   <translation>Die letzte Änderung am Prompt durch einen Klick rückgängig machen</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>a {subject} smiling in a café, warm evening light</source>
   <translation>a {subject} smiling in a café, warm evening light</translation>
  </message>
  <message>
   <source>a {subject} smiling, wavy hair, lit from the left, blue background</source>
   <translation>a {subject} smiling, wavy hair, lit from the left, blue background</translation>
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
   <source>Add more photos of this person, and tune further with them</source>
   <translation>Weitere Fotos dieser Person hinzufügen und damit weiter trainieren</translation>
  </message>
  <message>
   <source>Add photos…</source>
   <translation>Fotos hinzufügen …</translation>
  </message>
  <message>
   <source>No photos: the person was imported from a LoRA file. Add some to tune here.</source>
   <translation>Keine Fotos: Die Person kam aus einer LoRA-Datei. Fügen Sie Fotos hinzu, um hier zu trainieren.</translation>
  </message>
  <message>
   <source>Outline the face and its four parts</source>
   <translation>Das Gesicht und seine vier Teile umranden</translation>
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
   <source>masks corrected</source>
   <translation>Masken berichtigt</translation>
  </message>
 </context>
 <context>
  <name>ResultStrip</name>
  <message>
   <source>&amp;Compare	C</source>
   <translation>&amp;Vergleichen	C</translation>
  </message>
  <message>
   <source>&amp;Delete	Del</source>
   <translation>&amp;Löschen	Entf</translation>
  </message>
  <message>
   <source>&amp;Export…</source>
   <translation>E&amp;xportieren …</translation>
  </message>
  <message>
   <source>All pictures are in the gallery</source>
   <translation>Alle Bilder sind in der Galerie</translation>
  </message>
  <message>
   <source>En&amp;large</source>
   <translation>Vergröße&amp;rn</translation>
  </message>
  <message>
   <source>Its scene and mask are deleted with it. This cannot be undone.</source>
   <translation>Seine Szene und Maske werden mitgelöscht. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>Permanently delete this picture?</source>
   <translation>Dieses Bild endgültig löschen?</translation>
  </message>
  <message>
   <source>Permanently delete {} pictures?</source>
   <translation>{} Bilder endgültig löschen?</translation>
  </message>
  <message>
   <source>Picture deleted.</source>
   <translation>Bild gelöscht.</translation>
  </message>
  <message>
   <source>Repeat with &amp;another person</source>
   <translation>Mit &amp;anderer Person wiederholen</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Same scene, &amp;new face</source>
   <translation>Gleiche Szene, &amp;neues Gesicht</translation>
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
   <source>Their scenes and masks are deleted with them. This cannot be undone.</source>
   <translation>Ihre Szenen und Masken werden mit gelöscht. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>Use &amp;settings</source>
   <translation>Einstellungen &amp;übernehmen</translation>
  </message>
  <message>
   <source>Your pictures appear here as they are made.</source>
   <translation>Hier erscheinen Ihre Bilder, sobald sie gemacht sind.</translation>
  </message>
  <message>
   <source>{} pictures deleted.</source>
   <translation>{} Bilder gelöscht.</translation>
  </message>
 </context>
 <context>
  <name>ResultsModel</name>
  <message>
   <source>in progress</source>
   <translation>in Arbeit</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
 </context>
 <context>
  <name>SaveForm</name>
  <message>
   <source>&amp;Save as a new person</source>
   <translation>Als neue Person &amp;speichern</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of the new person</source>
   <translation>Name der neuen Person</translation>
  </message>
  <message>
   <source>Show it on the Jobs page</source>
   <translation>Auf der Seite „Aufträge“ zeigen</translation>
  </message>
  <message>
   <source>Show the job</source>
   <translation>Auftrag zeigen</translation>
  </message>
  <message>
   <source>Tune the mix as a new person; the original people do not change</source>
   <translation>Aus der Mischung eine neue Person trainieren; die ursprünglichen Personen bleiben unverändert</translation>
  </message>
  <message>
   <source>“{}” is queued.</source>
   <translation>„{}“ ist in der Warteschlange.</translation>
  </message>
 </context>
 <context>
  <name>SceneBox</name>
  <message>
   <source>Choose a person for each face</source>
   <translation>Für jedes Gesicht eine Person wählen</translation>
  </message>
  <message>
   <source>Choose a photo for the scene</source>
   <translation>Foto für die Szene wählen</translation>
  </message>
  <message>
   <source>Detecting faces…</source>
   <translation>Gesichter werden gesucht …</translation>
  </message>
  <message>
   <source>From a photo…</source>
   <translation>Aus einem Foto …</translation>
  </message>
  <message>
   <source>Make a scene from the prompt</source>
   <translation>Eine Szene aus dem Prompt erstellen</translation>
  </message>
  <message>
   <source>New scene</source>
   <translation>Neue Szene</translation>
  </message>
  <message>
   <source>No face found. Paint over the area where the face belongs.</source>
   <translation>Kein Gesicht gefunden. Übermalen Sie die Stelle, an die das Gesicht gehört.</translation>
  </message>
  <message>
   <source>No one else is tuned yet</source>
   <translation>Sonst ist noch niemand trainiert</translation>
  </message>
  <message>
   <source>One face. Click it to choose a person, or paint a mask.</source>
   <translation>Ein Gesicht. Klicken Sie darauf, um eine Person zu wählen, oder malen Sie eine Maske.</translation>
  </message>
  <message>
   <source>Only the painted area is redrawn; faces stay as they are.</source>
   <translation>Nur die bemalte Fläche wird neu gezeichnet; Gesichter bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Paint over the face in the picture first.</source>
   <translation>Übermalen Sie zuerst das Gesicht im Bild.</translation>
  </message>
  <message>
   <source>Pictures ({endings})</source>
   <translation>Bilder ({endings})</translation>
  </message>
  <message>
   <source>Redraw only the face in the picture on the canvas</source>
   <translation>Nur das Gesicht im Bild auf der Leinwand neu zeichnen</translation>
  </message>
  <message>
   <source>Repeat with another person…</source>
   <translation>Mit anderer Person wiederholen …</translation>
  </message>
  <message>
   <source>Same scene</source>
   <translation>Gleiche Szene</translation>
  </message>
  <message>
   <source>Same scene, new face</source>
   <translation>Gleiche Szene, neues Gesicht</translation>
  </message>
  <message>
   <source>Show the picture on the canvas</source>
   <translation>Das Bild auf der Leinwand zeigen</translation>
  </message>
  <message>
   <source>The canvas shows another picture. Click this one to show it.</source>
   <translation>Die Leinwand zeigt ein anderes Bild. Klicken Sie auf dieses, um es zu zeigen.</translation>
  </message>
  <message>
   <source>The painted area and the other faces you chose are redrawn.</source>
   <translation>Die bemalte Fläche und die anderen gewählten Gesichter werden neu gezeichnet.</translation>
  </message>
  <message>
   <source>Use a new scene instead</source>
   <translation>Stattdessen eine neue Szene verwenden</translation>
  </message>
  <message>
   <source>Use a photo as the scene; you can also drop it on the canvas</source>
   <translation>Ein Foto als Szene verwenden; es lässt sich auch auf die Leinwand ziehen</translation>
  </message>
  <message>
   <source>Use the scene of the picture on the canvas for someone else</source>
   <translation>Die Szene des Bildes auf der Leinwand für jemand anderen verwenden</translation>
  </message>
  <message>
   <source>Wait for the picture to open.</source>
   <translation>Warten Sie, bis das Bild geöffnet ist.</translation>
  </message>
  <message>
   <source>{0} faces. Click one to choose a person, or paint a mask.</source>
   <translation>{0} Gesichter. Klicken Sie auf eines, um eine Person zu wählen, oder malen Sie eine Maske.</translation>
  </message>
 </context>
 <context>
  <name>SceneFaces</name>
  <message>
   <source>Consent to portray {0} has ended; choose someone else for that face.</source>
   <translation>Die Einwilligung von {0} ist abgelaufen; wählen Sie jemand anderen für dieses Gesicht.</translation>
  </message>
  <message>
   <source>Drop {0} onto one of the faces.</source>
   <translation>Ziehen Sie {0} auf eines der Gesichter.</translation>
  </message>
  <message>
   <source>Face {0}: {1}</source>
   <translation>Gesicht {0}: {1}</translation>
  </message>
  <message>
   <source>Tune {0} first, or choose someone else for that face.</source>
   <translation>Trainieren Sie {0} zuerst, oder wählen Sie jemand anderen für dieses Gesicht.</translation>
  </message>
  <message>
   <source>no one</source>
   <translation>niemand</translation>
  </message>
  <message>
   <source>unchanged</source>
   <translation>unverändert</translation>
  </message>
  <message>
   <source>{0} and {1} are tuned with different models; choose someone else for one of the faces.</source>
   <translation>{0} und {1} sind mit verschiedenen Modellen trainiert; wählen Sie für eines der Gesichter jemand anderen.</translation>
  </message>
  <message>
   <source>{name}: {words}</source>
   <translation>{name}: {words}</translation>
  </message>
 </context>
 <context>
  <name>SceneParts</name>
  <message>
   <source>No face found in this picture. Paint the mask with the brush or the lasso.</source>
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
  <name>ScoreFigures</name>
  <message>
   <source>Download them on the Models page</source>
   <translation>Auf der Seite „Modelle“ herunterladen</translation>
  </message>
  <message>
   <source>Hundredths: means over people with 95 % intervals. All but CLIP-T compare with held-out photos; Face Sim. counts only pictures that show a face.</source>
   <translation>Hundertstel: Mittel über die Personen mit 95-%-Intervallen. Alle außer CLIP-T vergleichen mit zurückgehaltenen Fotos; Face Sim. zählt nur Bilder, die ein Gesicht zeigen.</translation>
  </message>
  <message>
   <source>Optional models for measuring</source>
   <translation>Optionale Messmodelle</translation>
  </message>
  <message>
   <source>{} are not installed.</source>
   <translation>{} sind nicht installiert.</translation>
  </message>
 </context>
 <context>
  <name>Settings</name>
  <message>
   <source>Checking what to download …</source>
   <translation>Es wird geprüft, was herunterzuladen ist …</translation>
  </message>
  <message>
   <source>Fits: needs about {}, the {} has {}, so the text encoder is quantised to 8 bits.</source>
   <translation>Passt: braucht etwa {}, {} hat {}; der Textencoder wird auf 8 Bit quantisiert.</translation>
  </message>
  <message>
   <source>Fits: needs about {}, the {} has {}.</source>
   <translation>Passt: braucht etwa {}, {} hat {}.</translation>
  </message>
  <message>
   <source>Fits: needs about {}, this computer has {}.</source>
   <translation>Passt: braucht etwa {}, dieser Rechner hat {}.</translation>
  </message>
  <message>
   <source>No graphics card was found that PyTorch could use; the processor is used.</source>
   <translation>Es wurde keine Grafikkarte gefunden, die PyTorch nutzen könnte; gerechnet wird auf dem Prozessor.</translation>
  </message>
  <message>
   <source>Processor, one thread</source>
   <translation>Prozessor, ein Thread</translation>
  </message>
  <message>
   <source>Processor, {} threads</source>
   <translation>Prozessor, {} Threads</translation>
  </message>
  <message>
   <source>PyTorch has no build for {} on this system; the processor is used.</source>
   <translation>Für {} gibt es auf diesem System kein PyTorch; gerechnet wird auf dem Prozessor.</translation>
  </message>
  <message>
   <source>Slow: needs about {need}, and the processor is selected under Device.</source>
   <translation>Langsam: braucht etwa {need}, und unter „Gerät“ ist der Prozessor gewählt.</translation>
  </message>
  <message>
   <source>Slow: needs about {need}, and without a GPU each picture takes minutes.</source>
   <translation>Langsam: braucht etwa {need}, und ohne GPU dauert jedes Bild Minuten.</translation>
  </message>
  <message>
   <source>Slower: needs about {}, the {} has {}, so models are loaded in turn.</source>
   <translation>Langsamer: braucht etwa {}, {} hat {}; die Modelle werden abwechselnd geladen.</translation>
  </message>
  <message>
   <source>Stopped. The download so far is kept.</source>
   <translation>Angehalten. Schon Heruntergeladenes bleibt erhalten.</translation>
  </message>
  <message>
   <source>The device selected under Device is not available. Choose another.</source>
   <translation>Das unter „Gerät“ gewählte Gerät ist nicht verfügbar. Wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>The download failed; see the log. Press Resume to try again.</source>
   <translation>Herunterladen fehlgeschlagen; siehe Protokoll. „Fortsetzen“ versucht es erneut.</translation>
  </message>
  <message>
   <source>The driver of {card} is too old: {driver}. Update it to {least} or later, and look again.</source>
   <translation>Der Treiber von {card} ist zu alt: {driver}. Aktualisieren Sie ihn auf {least} oder neuer und sehen Sie erneut nach.</translation>
  </message>
  <message>
   <source>Too large: needs about {}, the {} has {}.</source>
   <translation>Zu groß: braucht etwa {}, {} hat {}.</translation>
  </message>
  <message>
   <source>Too large: needs about {}, this computer has {} and no GPU in use.</source>
   <translation>Zu groß: braucht etwa {}, dieser Rechner hat {} und keine GPU in Gebrauch.</translation>
  </message>
  <message>
   <source>{card} is there, but not in use: {build} takes a download of about {size}.</source>
   <translation>{card} ist da, wird aber nicht benutzt: Für {build} sind etwa {size} herunterzuladen.</translation>
  </message>
  <message>
   <source>{card} may not be used by this account. Run {command}, log in anew and look again.</source>
   <translation>{card} darf von diesem Konto nicht benutzt werden. Führen Sie {command} aus, melden Sie sich neu an und sehen Sie erneut nach.</translation>
  </message>
  <message>
   <source>{device} is in use, with PyTorch {torch}.</source>
   <translation>{device} wird benutzt, mit PyTorch {torch}.</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
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
  <message>
   <source>{} has no driver. Install its maker's driver and look again.</source>
   <translation>{} hat keinen Treiber. Installieren Sie den des Herstellers und sehen Sie erneut nach.</translation>
  </message>
  <message>
   <source>{} is not among the cards that PyTorch supports; the processor is used.</source>
   <translation>{} gehört nicht zu den Karten, die PyTorch unterstützt; gerechnet wird auf dem Prozessor.</translation>
  </message>
  <message>
   <source>{} is used already; nothing has to be installed.</source>
   <translation>{} wird schon benutzt; es muss nichts installiert werden.</translation>
  </message>
  <message>
   <source>{} would suit its driver better now.</source>
   <translation>{} würde jetzt besser zum Treiber passen.</translation>
  </message>
 </context>
 <context>
  <name>SettingsPage</name>
  <message>
   <source>About</source>
   <translation>Über</translation>
  </message>
  <message>
   <source>Appearance and language</source>
   <translation>Aussehen und Sprache</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Folders and privacy</source>
   <translation>Ordner und Datenschutz</translation>
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
  <name>Sheets</name>
  <message>
   <source>Pictures ({0})</source>
   <translation>Bilder ({0})</translation>
  </message>
  <message>
   <source>Save contact sheet</source>
   <translation>Kontaktbogen speichern</translation>
  </message>
  <message>
   <source>Saved as {0}.</source>
   <translation>Gespeichert als {0}.</translation>
  </message>
 </context>
 <context>
  <name>ShortcutsDialog</name>
  <message>
   <source>&amp;Close</source>
   <translation>&amp;Schließen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>No matches.</source>
   <translation>Keine Treffer.</translation>
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
   <source>Show only shortcuts that contain these words</source>
   <translation>Nur Tastenkürzel mit diesen Wörtern zeigen</translation>
  </message>
 </context>
 <context>
  <name>SideBySide</name>
  <message>
   <source>Back to the window (Esc)</source>
   <translation>Zurück zum Fenster (Esc)</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Photos of the person</source>
   <translation>Fotos der Person</translation>
  </message>
  <message>
   <source>Scroll to zoom and drag to move; all pictures follow.</source>
   <translation>Scrollen vergrößert, Ziehen verschiebt; alle Bilder folgen.</translation>
  </message>
  <message>
   <source>Show every picture whole (F)</source>
   <translation>Jedes Bild ganz zeigen (F)</translation>
  </message>
  <message>
   <source>Show the person's own photos beside the pictures</source>
   <translation>Die eigenen Fotos der Person neben den Bildern zeigen</translation>
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
   <source>Changes to one eye also apply to the other</source>
   <translation>Änderungen an einem Auge gelten auch für das andere</translation>
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
 </context>
 <context>
  <name>SplitterCard</name>
  <message>
   <source>&amp;Use this server</source>
   <translation>Diesen Server &amp;verwenden</translation>
  </message>
  <message>
   <source>A language model's answer is used only if it keeps every word and agrees with the rules on the words they know; otherwise the rules split the prompt, and the job says so. Prompts never leave this computer.</source>
   <translation>Die Antwort eines Sprachmodells wird nur verwendet, wenn sie jedes Wort behält und bei den Wörtern, die die Regeln kennen, mit diesen übereinstimmt; sonst teilen die Regeln den Prompt auf, und der Auftrag weist darauf hin. Prompts verlassen diesen Rechner nie.</translation>
  </message>
  <message>
   <source>A server on this computer</source>
   <translation>Ein Server auf diesem Rechner</translation>
  </message>
  <message>
   <source>Address of the server</source>
   <translation>Adresse des Servers</translation>
  </message>
  <message>
   <source>Prompts are sent to this address only, and it must be on this computer</source>
   <translation>Prompts werden nur an diese Adresse gesendet, und sie muss auf diesem Rechner liegen</translation>
  </message>
  <message>
   <source>Rules (built in)</source>
   <translation>Regeln (eingebaut)</translation>
  </message>
  <message>
   <source>Splitting prompts</source>
   <translation>Aufteilen von Prompts</translation>
  </message>
  <message>
   <source>Who decides what belongs to the face</source>
   <translation>Wer entscheidet, was zum Gesicht gehört</translation>
  </message>
 </context>
 <context>
  <name>StarRating</name>
  <message>
   <source>Click to rate, or press 0 to 5; X rejects</source>
   <translation>Zum Bewerten klicken oder 0 bis 5 drücken; X sortiert aus</translation>
  </message>
  <message>
   <source>Rating: {} of 5 stars</source>
   <translation>Bewertung: {} von 5 Sternen</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Aussortiert</translation>
  </message>
 </context>
 <context>
  <name>StyleDialog</name>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>These words are added to the prompt. The picture on the canvas shows what the style looks like.</source>
   <translation>Diese Worte kommen zum Prompt hinzu. Das Bild auf der Leinwand zeigt, wie der Stil aussieht.</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Worte</translation>
  </message>
  <message>
   <source>oil painting, golden light</source>
   <translation>oil painting, golden light</translation>
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
   <source>{0} has a LoRA, for scenes by Stable Diffusion XL (see Models)</source>
   <translation>{0} hat ein LoRA für Szenen von Stable Diffusion XL (siehe Modelle)</translation>
  </message>
  <message>
   <source>{0}, selected</source>
   <translation>{0}, gewählt</translation>
  </message>
  <message>
   <source>{0}: adds “{1}” to the scene and the face</source>
   <translation>{0}: fügt „{1}“ in die Szene und das Gesicht ein</translation>
  </message>
  <message>
   <source>{0}: the scene is painted with its LoRA</source>
   <translation>{0}: die Szene wird mit seinem LoRA gemalt</translation>
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
   <source>Use this theme</source>
   <translation>Dieses Design verwenden</translation>
  </message>
 </context>
 <context>
  <name>Toast</name>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
 </context>
 <context>
  <name>ToolBar</name>
  <message>
   <source>Hold to see the original picture (\)</source>
   <translation>Gedrückt halten, um das ursprüngliche Bild zu sehen (\)</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Radius of Grow, Shrink and Feather</source>
   <translation>Radius von Vergrößern, Verkleinern und Weichzeichnen</translation>
  </message>
 </context>
 <context>
  <name>TuneDialog</name>
  <message>
   <source>Continue from the current tuning</source>
   <translation>Vom jetzigen Training aus weiter</translation>
  </message>
  <message>
   <source>Forget what was learned, and learn from all photos anew</source>
   <translation>Gelerntes vergessen und aus allen Fotos neu lernen</translation>
  </message>
  <message>
   <source>Keep what was learned, and refine it with all photos</source>
   <translation>Gelerntes behalten und mit allen Fotos verfeinern</translation>
  </message>
  <message>
   <source>Resume tuning</source>
   <translation>Training fortsetzen</translation>
  </message>
  <message>
   <source>Start over</source>
   <translation>Von vorn beginnen</translation>
  </message>
  <message>
   <source>The current tuning is used until the new one is done. Then you choose the better one.</source>
   <translation>Bis das neue Training fertig ist, wird das bisherige verwendet. Dann wählen Sie das bessere.</translation>
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
  <name>UpdateCard</name>
  <message>
   <source>Fetches one small signed file; nothing of yours is sent, nothing else is downloaded</source>
   <translation>Holt eine kleine signierte Datei; von Ihnen wird nichts gesendet, sonst wird nichts heruntergeladen</translation>
  </message>
  <message>
   <source>Look at each start of the program</source>
   <translation>Bei jedem Start des Programms nachsehen</translation>
  </message>
  <message>
   <source>Look for a &amp;new version</source>
   <translation>Nach einer &amp;neuen Version sehen</translation>
  </message>
  <message>
   <source>Looking …</source>
   <translation>Wird nachgesehen …</translation>
  </message>
  <message>
   <source>Open its &amp;page</source>
   <translation>Ihre &amp;Seite öffnen</translation>
  </message>
  <message>
   <source>Show the new version in the browser</source>
   <translation>Die neue Version im Browser zeigen</translation>
  </message>
  <message>
   <source>This is the newest version.</source>
   <translation>Das ist die neueste Version.</translation>
  </message>
  <message>
   <source>Version {} is there.</source>
   <translation>Version {} ist da.</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>Versionen</translation>
  </message>
  <message>
   <source>What is new in version {}</source>
   <translation>Was in Version {} neu ist</translation>
  </message>
 </context>
 <context>
  <name>UpscalerCard</name>
  <message>
   <source>A .pth or .safetensors file already on this computer, such as Real-ESRGAN's</source>
   <translation>Eine .pth- oder .safetensors-Datei auf diesem Computer, etwa von Real-ESRGAN</translation>
  </message>
  <message>
   <source>Enlarges portraits in the gallery and on export. What enlarged a picture is written into it.</source>
   <translation>Vergrößert Porträts in der Galerie und beim Export. In jedes Bild wird geschrieben, womit es vergrößert wurde.</translation>
  </message>
  <message>
   <source>Enlarging</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Upscaler</source>
   <translation>Upscaler</translation>
  </message>
  <message>
   <source>Upscalers (*.pth *.safetensors)</source>
   <translation>Upscaler (*.pth *.safetensors)</translation>
  </message>
  <message>
   <source>Use your own u&amp;pscaler…</source>
   <translation>Eigenen U&amp;pscaler verwenden …</translation>
  </message>
  <message>
   <source>Use your own upscaler</source>
   <translation>Eigenen Upscaler verwenden</translation>
  </message>
  <message>
   <source>Your own: {}</source>
   <translation>Eigene: {}</translation>
  </message>
  <message>
   <source>{} is now in use.</source>
   <translation>{} wird jetzt verwendet.</translation>
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
   <source>&amp;Continue voting</source>
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
   <source>{votes}. Each bar shows how often a method was chosen when it was shown; the line is the 95 % interval, assuming independent votes.</source>
   <translation>{votes}. Jeder Balken zeigt, wie oft eine Methode gewählt wurde, wenn sie zur Wahl stand; die Linie ist das 95-%-Intervall bei unabhängigen Stimmen.</translation>
  </message>
  <message>
   <source>{} votes</source>
   <translation>{} Stimmen</translation>
  </message>
 </context>
 <context>
  <name>VoteTab</name>
  <message>
   <source>&amp;Results</source>
   <translation>&amp;Ergebnisse</translation>
  </message>
  <message>
   <source>&amp;Resume</source>
   <translation>&amp;Fortsetzen</translation>
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
   <source>Blind vote</source>
   <translation>Blinde Abstimmung</translation>
  </message>
  <message>
   <source>Chart saved.</source>
   <translation>Diagramm gespeichert.</translation>
  </message>
  <message>
   <source>Count the votes and show the names</source>
   <translation>Die Stimmen zählen und die Namen zeigen</translation>
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
   <source>Pictures are shown side by side, in random order and without names. Click the one that fits best, or press its number. Each vote is saved at once, so you can stop at any time.</source>
   <translation>Sie sehen die Bilder nebeneinander, in zufälliger Reihenfolge und ohne Namen. Klicken Sie auf das passendste, oder drücken Sie seine Nummer. Jede Stimme wird sofort gespeichert; Sie können also jederzeit aufhören.</translation>
  </message>
  <message>
   <source>Save as</source>
   <translation>Speichern unter</translation>
  </message>
  <message>
   <source>Show the first pictures</source>
   <translation>Die ersten Bilder zeigen</translation>
  </message>
  <message>
   <source>Votes saved.</source>
   <translation>Stimmen gespeichert.</translation>
  </message>
  <message>
   <source>You can vote here once two methods have made a picture of the same prompt.</source>
   <translation>Hier können Sie abstimmen, sobald zwei Methoden ein Bild zum selben Prompt erstellt haben.</translation>
  </message>
  <message>
   <source>votes.csv</source>
   <translation>stimmen.csv</translation>
  </message>
  <message>
   <source>{sets}, three questions each; {left} of {total} unanswered.</source>
   <translation>{sets}, je drei Fragen; {left} von {total} noch offen.</translation>
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
  <name>Warnings</name>
  <message>
   <source>Memory is low: each step now runs in smaller pieces.</source>
   <translation>Der Speicher ist knapp: Jeder Schritt läuft jetzt in kleineren Teilen.</translation>
  </message>
  <message>
   <source>Memory is low: the model is now loaded in parts, which is slower.</source>
   <translation>Der Speicher ist knapp: Das Modell wird jetzt in Teilen geladen, was langsamer ist.</translation>
  </message>
  <message>
   <source>Memory is very low: each step now calculates much of the model twice.</source>
   <translation>Der Speicher ist sehr knapp: Jeder Schritt berechnet jetzt große Teile des Modells doppelt.</translation>
  </message>
  <message>
   <source>No face was found in the scene; it is made again with another seed.</source>
   <translation>In der Szene wurde kein Gesicht gefunden; sie wird mit einem anderen Seed neu gemalt.</translation>
  </message>
  <message>
   <source>Not tuned yet: painted after the photos alone. Tuning makes it more alike.</source>
   <translation>Noch nicht trainiert: allein nach den Fotos gemalt. Training macht es ähnlicher.</translation>
  </message>
  <message>
   <source>The picture is larger, but no sharper than plain enlarging makes it.</source>
   <translation>Das Bild ist größer, aber nicht schärfer als bei einfachem Vergrößern.</translation>
  </message>
  <message>
   <source>The picture is scaled down, as it is very large.</source>
   <translation>Das Bild wird verkleinert, weil es sehr groß ist.</translation>
  </message>
  <message>
   <source>The picture is sharper than plain enlarging makes it, but its face is not.</source>
   <translation>Das Bild ist schärfer als bei einfachem Vergrößern, das Gesicht aber nicht.</translation>
  </message>
  <message>
   <source>Tuned for earlier models, and so painted after the photos alone. Tune again.</source>
   <translation>Für frühere Modelle trainiert und deshalb allein nach den Fotos gemalt. Trainieren Sie erneut.</translation>
  </message>
 </context>
 <context>
  <name>WelcomeDialog</name>
  <message>
   <source>&amp;Look around</source>
   <translation>&amp;Umsehen</translation>
  </message>
  <message>
   <source>Add a person with three photos, let the program learn the face for a few minutes, and describe a portrait in a sentence: one model paints the scene, another one redraws the face.</source>
   <translation>Fügen Sie eine Person mit drei Fotos hinzu, lassen Sie das Programm ein paar Minuten lang das Gesicht lernen und beschreiben Sie ein Porträt in einem Satz: Ein Modell malt die Szene, ein anderes zeichnet das Gesicht neu.</translation>
  </message>
  <message>
   <source>Begin with photos of an invented person</source>
   <translation>Mit Fotos einer erfundenen Person beginnen</translation>
  </message>
  <message>
   <source>Begin with photos of yours</source>
   <translation>Mit Ihren Fotos beginnen</translation>
  </message>
  <message>
   <source>Close this page (Esc)</source>
   <translation>Diese Seite schließen (Esc)</translation>
  </message>
  <message>
   <source>Everything happens on this computer; photos and portraits are sent nowhere. They are kept in {}. What you delete goes to the bin first, and is gone once that is emptied.</source>
   <translation>Alles geschieht auf diesem Computer; Fotos und Porträts werden nirgendwohin gesendet. Sie liegen in {}. Was Sie löschen, kommt zuerst in den Papierkorb und ist weg, sobald dieser geleert ist.</translation>
  </message>
  <message>
   <source>Looking for a graphics card …</source>
   <translation>Eine Grafikkarte wird gesucht …</translation>
  </message>
  <message>
   <source>My &amp;own photos</source>
   <translation>&amp;Eigene Fotos</translation>
  </message>
  <message>
   <source>Open the settings of the device</source>
   <translation>Die Einstellungen für das Gerät öffnen</translation>
  </message>
  <message>
   <source>Portray yourself, or people who have given you permission. Exported portraits are marked as made with AI.</source>
   <translation>Porträtieren Sie sich selbst oder Menschen, die es Ihnen erlaubt haben. Exportierte Porträts sind als mit KI gemacht gekennzeichnet.</translation>
  </message>
  <message>
   <source>The &amp;sample person</source>
   <translation>Die &amp;Beispielperson</translation>
  </message>
  <message>
   <source>Use my &amp;graphics card…</source>
   <translation>Meine &amp;Grafikkarte benutzen…</translation>
  </message>
  <message>
   <source>Welcome</source>
   <translation>Willkommen</translation>
  </message>
  <message>
   <source>Welcome to FaceA Desktop</source>
   <translation>Willkommen bei FaceA Desktop</translation>
  </message>
 </context>
 <context>
  <name>Wildcards</name>
  <message>
   <source>Close the bracket in “{0}” with a {1}.</source>
   <translation>Schließen Sie die Klammer in „{0}“ mit {1}.</translation>
  </message>
  <message>
   <source>The list {0}.txt is empty. Write one option per line.</source>
   <translation>Die Liste {0}.txt ist leer. Schreiben Sie eine Möglichkeit in jede Zeile.</translation>
  </message>
  <message>
   <source>The list {0}.txt leads back to itself.</source>
   <translation>Die Liste {0}.txt führt zu sich selbst zurück.</translation>
  </message>
  <message>
   <source>There is no list {0}.txt in the folder “wildcards” of the data folder.</source>
   <translation>Im Ordner „wildcards“ des Datenordners gibt es keine Liste {0}.txt.</translation>
  </message>
  <message>
   <source>There is no list {0}.txt. Did you mean __{1}__?</source>
   <translation>Es gibt keine Liste {0}.txt. Meinten Sie __{1}__?</translation>
  </message>
 </context>
 <context>
  <name>WindowHost</name>
  <message>
   <source>FaceA Desktop {} is there: see Settings, About.</source>
   <translation>FaceA Desktop {} ist da: siehe Einstellungen, Über.</translation>
  </message>
 </context>
 <context>
  <name>WordHints</name>
  <message>
   <source>Known words…</source>
   <translation>Bekannte Wörter …</translation>
  </message>
  <message>
   <source>Understood roughly: {0}</source>
   <translation>Nur ungefähr verstanden: {0}</translation>
  </message>
  <message>
   <source>Unknown to the starter models: {0}</source>
   <translation>Den Startmodellen nicht bekannt: {0}</translation>
  </message>
  <message>
   <source>Words the starter models know; click to add to the prompt</source>
   <translation>Wörter, die die Startmodelle kennen; ein Klick setzt sie in den Prompt</translation>
  </message>
  <message>
   <source>{0} as {1}</source>
   <translation>{0} als {1}</translation>
  </message>
 </context>
 <context>
  <name>WorkersCard</name>
  <message>
   <source>All jobs run on this computer's devices, from the next job</source>
   <translation>Alle Aufträge laufen ab dem nächsten auf den Geräten dieses Rechners</translation>
  </message>
  <message>
   <source>Check that they can be reached, and use them from the next job</source>
   <translation>Prüfen, ob sie erreichbar sind, und sie ab dem nächsten Auftrag verwenden</translation>
  </message>
  <message>
   <source>In use: {}</source>
   <translation>In Verwendung: {}</translation>
  </message>
  <message>
   <source>Looking for them …</source>
   <translation>Sie werden gesucht …</translation>
  </message>
  <message>
   <source>Not in use: jobs run on this computer's devices.</source>
   <translation>Nicht in Verwendung: Aufträge laufen auf den Geräten dieses Rechners.</translation>
  </message>
  <message>
   <source>Stop using them</source>
   <translation>Nicht mehr verwenden</translation>
  </message>
  <message>
   <source>Tunings, portraits and batches can also run in several processes of this computer (local:2), or on a Ray cluster. Photos and weights travel there and are erased after each job; the results come back here.</source>
   <translation>Trainings, Porträts und Stapel können auch in mehreren Prozessen dieses Rechners (local:2) oder auf einem Ray-Cluster laufen. Fotos und Gewichte werden dorthin übertragen und nach jedem Auftrag gelöscht; die Ergebnisse kommen hierher zurück.</translation>
  </message>
  <message>
   <source>Use &amp;workers</source>
   <translation>Arbeitsprozesse &amp;verwenden</translation>
  </message>
  <message>
   <source>Where the workers are</source>
   <translation>Wo die Arbeitsprozesse laufen</translation>
  </message>
  <message>
   <source>While they are busy, use this computer's devices as well</source>
   <translation>Solange sie beschäftigt sind, auch die Geräte dieses Rechners verwenden</translation>
  </message>
  <message>
   <source>Workers</source>
   <translation>Arbeitsprozesse</translation>
  </message>
  <message>
   <source>local:2, ray or ray://HOST:PORT</source>
   <translation>local:2, ray oder ray://HOST:PORT</translation>
  </message>
 </context>
 <context>
  <name>_BinView</name>
  <message>
   <source>Deleted people and portraits</source>
   <translation>Gelöschte Personen und Porträts</translation>
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
   <source>A person's own photos score about {own}, strangers about {strangers}.</source>
   <translation>Eigene Fotos einer Person erreichen etwa {own}, Fremde etwa {strangers}.</translation>
  </message>
  <message>
   <source>Another face in it was made at first sight; tuning makes it more alike.</source>
   <translation>Ein anderes Gesicht darin entstand auf den ersten Blick; Training macht es ähnlicher.</translation>
  </message>
  <message>
   <source>Made at first sight, from the photos alone; tuning makes it more alike.</source>
   <translation>Auf den ersten Blick gemacht, nach den Fotos allein; Training macht es ähnlicher.</translation>
  </message>
  <message>
   <source>The person's own photos score {own}, strangers {strangers}.</source>
   <translation>Die eigenen Fotos der Person erreichen {own}, Fremde {strangers}.</translation>
  </message>
  <message>
   <source>excellent likeness</source>
   <translation>sehr ähnlich</translation>
  </message>
  <message>
   <source>fair likeness</source>
   <translation>etwas ähnlich</translation>
  </message>
  <message>
   <source>good likeness</source>
   <translation>ähnlich</translation>
  </message>
  <message>
   <source>little likeness</source>
   <translation>kaum ähnlich</translation>
  </message>
  <message>
   <source>{word}: {score}.</source>
   <translation>{word}: {score}.</translation>
  </message>
 </context>
 <context>
  <name>people</name>
  <message>
   <source>A first look, with a rough likeness.</source>
   <translation>Ein erster Blick mit grober Ähnlichkeit.</translation>
  </message>
  <message>
   <source>An invented person</source>
   <translation>Eine erfundene Person</translation>
  </message>
  <message>
   <source>Best likeness</source>
   <translation>Beste Ähnlichkeit</translation>
  </message>
  <message>
   <source>Face</source>
   <translation>Gesicht</translation>
  </message>
  <message>
   <source>Flexible</source>
   <translation>Flexibel</translation>
  </message>
  <message>
   <source>Follows expressions and styles better, with a slightly looser likeness.</source>
   <translation>Folgt Ausdruck und Stil besser, bei etwas lockererer Ähnlichkeit.</translation>
  </message>
  <message>
   <source>It's me</source>
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
   <source>Permission not stated</source>
   <translation>Erlaubnis nicht angegeben</translation>
  </message>
  <message>
   <source>Quick (rough)</source>
   <translation>Schnell (grob)</translation>
  </message>
  <message>
   <source>Right eye</source>
   <translation>Rechtes Auge</translation>
  </message>
  <message>
   <source>The closest likeness, for portraits.</source>
   <translation>Die größte Ähnlichkeit, für Porträts.</translation>
  </message>
  <message>
   <source>The consent ended on {day}. No portraits can be made until it is renewed.</source>
   <translation>Die Einwilligung endete am {day}. Porträts sind erst möglich, wenn sie erneuert ist.</translation>
  </message>
  <message>
   <source>The consent has ended. No portraits can be made until it is renewed.</source>
   <translation>Die Einwilligung ist abgelaufen. Porträts sind erst möglich, wenn sie erneuert ist.</translation>
  </message>
  <message>
   <source>With permission</source>
   <translation>Mit Einwilligung</translation>
  </message>
  <message>
   <source>consent ended</source>
   <translation>Einwilligung abgelaufen</translation>
  </message>
  <message>
   <source>consent ends {day}</source>
   <translation>Einwilligung endet {day}</translation>
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
   <source>stopped at step {step} of {steps}</source>
   <translation>angehalten bei Schritt {step} von {steps}</translation>
  </message>
  <message>
   <source>tuning</source>
   <translation>wird trainiert</translation>
  </message>
  <message>
   <source>tuning stopped</source>
   <translation>Training angehalten</translation>
  </message>
  <message>
   <source>waiting to be mixed</source>
   <translation>wartet auf das Mischen</translation>
  </message>
  <message>
   <source>waiting to be tuned</source>
   <translation>wartet auf das Training</translation>
  </message>
  <message>
   <source>{0} is not tuned yet: portraits are made after the photos alone. Tuning makes them more alike.</source>
   <translation>{0} ist noch nicht trainiert: Porträts entstehen nach den Fotos allein. Training macht sie ähnlicher.</translation>
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
