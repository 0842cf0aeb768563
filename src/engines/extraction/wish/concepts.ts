import type { FieldType } from "../values/field-type.ts";

/** One thing that listings tell about their records, and what columns call it in several languages. */
export interface Concept {
  readonly name: string;
  /** Types a column of this concept can have, the usual one first. */
  readonly types: readonly FieldType[];
  /** Names, lower case, separated by commas. A name of several words must stand as a whole. */
  readonly words: string;
}

/** A small general table: English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, some Danish and Polish. */
export const CONCEPTS: readonly Concept[] = [
  {
    name: "title",
    types: ["text", "url", "document"],
    words:
      "title,name,subject,headline,heading,caption,style,event,project,project name,tender,tender title,opportunity,opportunity title,titel,bezeichnung,betreff,gegenstand,titre,intitulé,objet,nom,título,asunto,objeto,nombre,titolo,oggetto,nome,onderwerp,naam,omschrijving opdracht,rubrik,benämning,namn,overskrift,tytuł,nazwa",
  },
  {
    name: "reference",
    types: ["reference", "number", "text"],
    words:
      "reference,reference number,reference no,ref,ref no,number,no,nr,id,identifier,code,docket,docket number,case number,case no,file number,file no,application number,application no,notice number,notice id,solicitation,solicitation number,bid number,bid no,rfp number,tender number,tender no,tender id,contract number,referenz,referenznummer,aktenzeichen,vergabenummer,nummer,kennung,geschäftszeichen,référence,numéro,n°,numéro de référence,referencia,número,expediente,número de expediente,riferimento,numero,codice,cig,referentie,kenmerk,referência,número do processo,referens,diarienummer,dnr,referencenummer,sagsnummer,numer",
  },
  {
    name: "closing date",
    types: ["datetime", "date"],
    words:
      "closing,closing date,closing time,closes,closes on,close date,deadline,due,due date,bid due,bids due,end date,expiry,expiry date,expires,expiration date,submission deadline,response deadline,responses due,opening date,bid opening,offers due,proposal due date,frist,angebotsfrist,abgabefrist,einreichungsfrist,schlusstermin,abgabetermin,ablauf,date limite,date limite de remise,clôture,date de clôture,échéance,remise des offres,fecha límite,cierre,fecha de cierre,plazo,vencimiento,fin de plazo,scadenza,termine,data di scadenza,termine di presentazione,sluitingsdatum,inschrijvingsdatum,sluiting,einddatum,prazo,data limite,encerramento,data de encerramento,sista dag,sista anbudsdag,slutdatum,anbudstid,frist for tilbud,tilbudsfrist,termin składania",
  },
  {
    name: "posted date",
    types: ["date", "datetime"],
    words:
      "posted,posted date,posted on,date posted,published,publication date,published on,date published,issued,issue date,date issued,release date,released,advertised,start date,created,received,date received,filed,filing date,date filed,lodged,decision date,decided,date,veröffentlicht,veröffentlichungsdatum,veröffentlichung,bekanntmachung,datum,eingang,publié,date de publication,publication,mise en ligne,date de parution,publicado,fecha de publicación,publicación,fecha,pubblicato,data di pubblicazione,pubblicazione,data,gepubliceerd,publicatiedatum,publicatie,data de publicação,publicação,publicerad,publiceringsdatum,udgivet,offentliggjort,opublikowano,data publikacji",
  },
  {
    name: "modified date",
    types: ["date", "datetime"],
    words:
      "modified,last modified,updated,last updated,last update,date modified,amended,geändert,aktualisiert,letzte änderung,modifié,mis à jour,dernière mise à jour,modificado,actualizado,última actualización,modificato,aggiornato,gewijzigd,bijgewerkt,atualizado,ändrad,uppdaterad,opdateret",
  },
  {
    name: "status",
    types: ["status", "text"],
    words:
      "status,state,stage,phase,availability,decision,outcome,disposition,result,zustand,stand,entscheidung,statut,état,étape,estado,situación,fase,stato,esito,toestand,situação,läge,beslut,tilstand",
  },
  {
    name: "agency",
    types: ["text", "url"],
    words:
      "agency,buyer,organisation,organization,authority,contracting authority,purchaser,procuring entity,entity,issuer,customer,client,owner,company,institution,publisher,vergabestelle,auftraggeber,behörde,organisation,käufer,einrichtung,acheteur,organisme,pouvoir adjudicateur,collectivité,établissement,comprador,organismo,entidad,órgano de contratación,poder adjudicador,stazione appaltante,ente,amministrazione,committente,aanbestedende dienst,opdrachtgever,organisatie,entidade,órgão,adquirente,comprador público,upphandlande myndighet,köpare,myndighet,ordregiver,zamawiający",
  },
  {
    name: "department",
    types: ["text"],
    words:
      "department,division,office,bureau,unit,ministry,branch,section,abteilung,dienststelle,amt,referat,département,service,direction,bureau,departamento,área,unidad,ufficio,dipartimento,settore,afdeling,dienst,departement,setor,avdelning,förvaltning",
  },
  {
    name: "category",
    types: ["text", "reference"],
    words:
      "category,categories,classification,sector,industry,commodity,cpv,naics,unspsc,kind,genre,topic,kategorie,branche,einstufung,catégorie,secteur,domaine,categoría,rubro,clasificación,categoria,settore merceologico,categorie,classificatie,classificação,kategori,bransch",
  },
  {
    name: "opportunity type",
    types: ["text", "status", "reference"],
    words:
      "type,notice type,opportunity type,procurement type,procedure,procedure type,solicitation type,bid type,document type,method,competition type,art,verfahren,verfahrensart,vergabeart,type de procédure,type de marché,procédure,nature,tipo,tipo de contrato,procedimiento,tipo di procedura,procedura,soort,procedureype,procedure,tipo de procedimento,modalidade,typ,förfarande,upphandlingsform,procedureform,tryb",
  },
  {
    name: "value",
    types: ["money", "number"],
    words:
      "value,estimated value,amount,budget,price,cost,contract value,estimate,total,award amount,maximum value,wert,auftragswert,schätzwert,betrag,preis,summe,montant,valeur,valeur estimée,prix,budget,importe,valor,presupuesto,precio,monto,valore,importo,prezzo,base d'asta,waarde,bedrag,prijs,geraamde waarde,valor estimado,preço,montante,värde,belopp,pris,beløb,wartość",
  },
  {
    name: "description",
    types: ["text"],
    words:
      "description,summary,details,detail,abstract,synopsis,scope,overview,proposal,body,text,content,beschreibung,zusammenfassung,kurzbeschreibung,beschrijving,description,résumé,descriptif,descripción,resumen,detalle,descrizione,sintesi,omschrijving,samenvatting,descrição,resumo,beskrivning,sammanfattning,beskrivelse,opis",
  },
  {
    name: "contact name",
    types: ["text"],
    words:
      "contact,contact name,contact person,contact officer,buyer name,officer,ansprechpartner,kontakt,kontaktperson,contact,interlocuteur,personne à contacter,contacto,persona de contacto,contatto,referente,responsabile,contactpersoon,contato,contacto,kontaktperson,handläggare",
  },
  {
    name: "contact email",
    types: ["email"],
    words:
      "email,e-mail,mail,contact email,email address,e-mail address,e-mail-adresse,courriel,adresse électronique,correo,correo electrónico,posta elettronica,pec,e-mailadres,correio eletrónico,e-post,e-postadress",
  },
  {
    name: "contact phone",
    types: ["phone", "number", "reference"],
    words:
      "phone,telephone,tel,contact phone,phone number,mobile,fax,telefon,telefonnummer,téléphone,teléfono,telefono,telefoon,telefoonnummer,telefone,telefonnummer",
  },
  {
    name: "documents",
    types: ["document", "url", "text"],
    words:
      "documents,document,attachments,attachment,files,file,download,downloads,pdf,docs,agenda,minutes,packet,opinion,unterlagen,vergabeunterlagen,dokumente,anlagen,anhänge,pièces jointes,documents de la consultation,dce,fichiers,documentos,pliegos,anexos,archivos,adjuntos,documenti,allegati,documentazione,bijlagen,documenten,bestanden,ficheiros,handlingar,dokument,bilagor,filer,dokumenter,bilag,dokumenty",
  },
  {
    name: "link",
    types: ["url", "document"],
    words:
      "link,url,href,web address,website,detail url,details link,more information,permalink,adresse web,lien,enlace,sitio web,collegamento,sito,weblink,ligação,länk",
  },
  {
    name: "location",
    types: ["text"],
    words:
      "location,place,address,city,region,country,county,state or province,site,venue,property,street,suburb,delivery location,ort,standort,adresse,region,land,erfüllungsort,lieu,ville,région,pays,lugar,dirección,ciudad,región,país,luogo,indirizzo,città,regione,paese,locatie,plaats,adres,regio,local,localização,endereço,cidade,plats,ort,kommun,sted,miejsce",
  },
  {
    name: "author",
    types: ["text"],
    words:
      "author,authors,by,creator,writer,judge,judges,justice,autor,verfasser,auteur,autor,autora,autore,schrijver,författare,forfatter",
  },
  {
    name: "image",
    types: ["image", "url"],
    words: "image,picture,photo,thumbnail,logo,bild,foto,photo,imagen,immagine,afbeelding,imagem,billede",
  },
  {
    name: "quantity",
    types: ["number", "text"],
    words: "quantity,count,qty,amount of items,anzahl,menge,quantité,nombre,cantidad,quantità,aantal,quantidade,antal",
  },
];
