// Questions whose kind of answer the journeys stand on. They hold for the official base of 2020.
export const ANSWERED = "J’ai perdu ma carte d’identité, que faire ?";
export const OTHER_ANSWERED = "Quel délai pour déclarer une naissance ?";
export const TO_CHOOSE = "Quels papiers pour la carte d’identité de mon fils mineur ?";
export const NOT_FOUND = "Qui a gagné le tournoi de pétanque du quartier des Glycines ?";
export const OUT_OF_SCOPE = "Quelle est la capitale de l’Australie ?";
export const EMERGENCY = "J’ai envie de me suicider";
export const PUBLICATION = "F1344";
